"""Finds what stands below a person's words and is not theirs: signatures, notices of programs.
Called by `mail.reading.splitting`. When in doubt, the words stay."""

from __future__ import annotations

import re

from exchange.mail.reading.line import Line
from exchange.mail.reading.sayings import (
    BRAND,
    CLOSES,
    DEVICE,
    DISCLAIMS,
    EXCUSES,
    NOTICE_HEADING,
    NOTICES,
    PLACE,
    SENT_FROM,
)

LONGEST_SIGNATURE, WIDEST = 15, 110
_DELIMITER = re.compile(r"(?:--|—|– ?–|__+|-- --)[ \t]*\Z")
_LINK = re.compile(r"[<(\[]\s*(?:https?://|mailto:)[^>)\]]{0,600}[>)\]]?|https?://\S{1,600}")
_PHONE = re.compile(r"(?:\+|00)?\(?\d[\d\s().\-/٠-٩]{6,22}\d")
_WEB = re.compile(
    r"https?://|www\.|\b[\w-]{2,40}\.(?:org|com|net|info|int|ke|tz|ug|in|br|fr|de|es)\b", re.I
)
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,200}")
_POSTAL = re.compile(
    r"\bp\.? ?o\.? ?box\b|\bb\.?p\.? ?\d|\bs\.?l\.?p\.?\b|\bstreet\b|\bavenue\b|\broad\b|\brue\b|\bcalle\b|\brua\b|"
    r"straße|strasse|\bpostfach\b|\bvia [A-Z]|straat|ص\.? ?ب|شارع|\bfloor\b|\bplot\b|\bbuilding\b",
    re.I,
)
_LABELLED = re.compile(
    r"\W*(?:t|m|e|w|p|tel|tél|mob|mobile|cell|phone|e-?mail|web|website|skype|whatsapp|fax|simu|barua pepe|tovuti|"
    r"هاتف|جوال|بريد|correo|celular|site|telefon|mobil|telefoon)\W{0,3}[:：.]",
    re.I,
)
_MINE = re.compile(r"\b(?:my|mon|ma|mi|meu|minha|mein\w*|mijn|mio|yangu)\b", re.I)
_FRAME = re.compile(r"[-_*=~#]{8,}")
# Of what stands right below it, a short one is a frame too.
_SHORT_FRAME = re.compile(r"[-_*=~#]{2,}")
_PICTURE = re.compile(r"\[cid:[^\]\s]{1,200}\]")
_LATER = re.compile(r"\W*(?:p\.? ?s\b|n\.? ?b\b|p\.? ?d\b|ps:|ملاحظة|ملحوظة|nota bene)", re.I)
_QUOTATION = ('"', "'", "“", "”", "„", "«", "‘", "*", "_", "~")
_BULLET = re.compile(r"\s*(?:[-*•·‣▪–]|\d{1,2}[.)])\s")
_SENTENCE = re.compile(r"[.!?。！？؟۔।॥።፧…]\W{0,3}\Z")


def find_closings(
    lines: list[Line], kinds: list[str], own: list[int], name: str, mail: str
) -> None:
    """Marks what is a closing in one stretch of own lines. `name` and `mail` are the sender's."""
    _find_hinted(lines, kinds, own)
    for at in own:
        if _PICTURE.fullmatch(lines[at].bare.strip()):
            kinds[at] = "notice"
    _find_sent_from(lines, kinds, own)
    _find_notices(lines, kinds, own)
    _find_signature(lines, kinds, own)
    rest = [at for at in own if not kinds[at]]
    _find_contacts(lines, kinds, rest, name, mail)


def _find_hinted(lines: list[Line], kinds: list[str], own: list[int]) -> None:
    hinted = [at for at in own if lines[at].hint == "signature"]
    if hinted and not _is_prose([lines[at].bare for at in hinted]):
        for at in hinted:
            kinds[at] = "signature"


def _find_sent_from(lines: list[Line], kinds: list[str], own: list[int]) -> None:
    last = _last_told(lines, kinds, own)
    for at in own:
        text = lines[at].bare.strip()
        if not text or len(text) > 400 or kinds[at] or not SENT_FROM.match(_bared(text)):
            continue
        above = lines[at - 1].bare if at > own[0] else ""
        below = lines[at + 1].bare if at < own[-1] else ""
        if below[:1].islower() and not EXCUSES.match(below) and not _LINK.match(below):
            continue
        stands_alone = at == last and (not above or _SENTENCE.search(above) is not None)
        if _is_sent_from(text, stands_alone or not (above.strip() or below.strip())):
            kinds[at] = "notice"
            _go_on(lines, kinds, own, at)


def _go_on(lines: list[Line], kinds: list[str], own: list[int], at: int) -> None:
    """The excuse for typing errors below or above, and an address that was broken off."""
    for beside in (at - 1, at + 1, at + 2):
        if own[0] <= beside <= own[-1] and not kinds[beside]:
            text = lines[beside].bare.strip()
            if (len(text) < 120 and EXCUSES.match(text)) or (
                beside == at + 1 and re.fullmatch(_LINK, text)
            ):
                kinds[beside] = "notice"


def _bared(text: str) -> str:
    return _LINK.sub(" ", text).strip(" \t*_[]()<>|-—.\u200e\u200f\"'“”")


def _is_sent_from(text: str, stands_alone: bool) -> bool:
    """Whether a line that begins like it says by what the mail was sent, and nothing else."""
    plain = _bared(text)
    words = plain.split()
    if len(plain) > 130 or PLACE.search(plain):
        return False
    if BRAND.search(plain):
        return len(words) <= 9 or (len(words) <= 16 and EXCUSES.search(plain) is not None)
    if not stands_alone:
        return False
    if DEVICE.search(plain):
        return len(words) <= 7 or (len(words) <= 16 and EXCUSES.search(plain) is not None)
    # A make nobody has heard of: "Sent from my Ulefone X6".
    is_make = words[-1][0].isupper() or words[-1][-1].isdigit()
    return len(words) <= 6 and is_make and _MINE.search(plain) is not None


def _find_notices(lines: list[Line], kinds: list[str], own: list[int]) -> None:
    headed = -1
    for block in _blocks(lines, kinds, own):
        text = " ".join(lines[at].bare.strip() for at in block)
        if len(text) < 60 and NOTICE_HEADING.fullmatch(text):
            headed = block[0]
            continue
        for at in _noticed(lines, block, headed >= 0):
            kinds[at] = "notice"
            if headed >= 0:
                kinds[headed] = "notice"
        headed = -1
    _find_frames(lines, kinds, own)


def _find_frames(lines: list[Line], kinds: list[str], own: list[int]) -> None:
    """Lines of stars or dashes around a notice belong to it."""
    told = [at for at in own if not lines[at].is_blank]
    for before, at, after in zip([-1, *told], told, [*told[1:], -1], strict=False):
        beside = (kinds[one] for one in (before, after) if one >= 0)
        text = lines[at].bare.strip()
        is_short = _SHORT_FRAME.fullmatch(text) and after == at + 1 and kinds[after] == "notice"
        if is_short or (_FRAME.fullmatch(text) and "notice" in beside):
            kinds[at] = "notice"


def _noticed(lines: list[Line], block: list[int], is_headed: bool) -> list[int]:
    """The lines of a block that are a notice: those that are one by themselves, else from the
    first that speaks like one, because it was wrapped."""
    alone = [at for at in block if _is_notice(lines[at].bare, is_headed)]
    if alone:
        wide = [at for at in alone if len(lines[at].bare) > 100]
        return alone if wide or len(alone) == len(block) else _from(lines, block, alone[0])
    begins = next((at for at in block if _speaks(lines[at].bare)), None)
    if begins is None:
        return []
    run = _from(lines, block, begins)
    return run if _is_notice(" ".join(lines[at].bare for at in run), is_headed) else []


def _from(lines: list[Line], block: list[int], begins: int) -> list[int]:
    """From a line to the end of its block, and the full lines right above that flow into it."""
    start = block.index(begins)
    while start and len(lines[block[start - 1]].bare) > 50:
        if _SENTENCE.search(lines[block[start - 1]].bare):
            break
        start -= 1
    return block[start:]


def _speaks(text: str) -> bool:
    return NOTICE_HEADING.match(text) is not None or any(one.search(text) for one in DISCLAIMS)


def _is_notice(text: str, is_headed: bool) -> bool:
    text = text[:4000]
    if len(text) < 400 and NOTICES.search(text):
        return True
    score = sum(bool(pattern.search(text)) for pattern in DISCLAIMS)
    heading = NOTICE_HEADING.match(text)
    return score >= 2 or (score == 1 and (is_headed or heading is not None))


def _blocks(lines: list[Line], kinds: list[str], own: list[int]) -> list[list[int]]:
    """Stretches between blank lines."""
    blocks: list[list[int]] = [[]]
    for at in own:
        if lines[at].is_blank or kinds[at] or (blocks[-1] and blocks[-1][-1] != at - 1):
            blocks.append([])
        if not lines[at].is_blank and not kinds[at]:
            blocks[-1].append(at)
    return [block for block in blocks if block]


def _find_signature(lines: list[Line], kinds: list[str], own: list[int]) -> None:
    """ "-- " and what stands below, if that looks like a signature."""
    for place, at in enumerate(own):
        if not _DELIMITER.match(lines[at].bare) or kinds[at]:
            continue
        if len(own) - place > 4 * LONGEST_SIGNATURE:
            continue
        below = [one for one in own[place + 1 :] if not kinds[one]]
        taken = _signature(lines, below, is_plain=lines[at].bare != "-- ")
        if taken is not None:
            for one in [at, *taken]:
                kinds[one] = "signature"
            return


def _signature(lines: list[Line], below: list[int], is_plain: bool) -> list[int] | None:
    """The lines of the signature below its sign; None if these are words that go on."""
    for place, at in enumerate(below):
        is_apart = place > 1 and lines[below[place - 1]].is_blank
        if _LATER.match(lines[at].bare) or (is_apart and _goes_on(lines[at].bare)):
            below = below[:place]
            break
    told = [lines[at].bare for at in below if not lines[at].is_blank]
    if len(told) > LONGEST_SIGNATURE or _is_prose(told):
        return None
    # Two dashes alone may be a line between two thoughts.
    if is_plain and any(_is_sentence(line) for line in told):
        return None
    return below


def _goes_on(text: str) -> bool:
    """Whether somebody wrote on below their signature; a motto stands in quotation marks."""
    return _is_sentence(text) and not text.lstrip().startswith(_QUOTATION)


def _is_prose(told: list[str]) -> bool:
    """Whether these lines are somebody's sentences, rather than a name, a place and a motto."""
    if len(told) > LONGEST_SIGNATURE:
        return True
    contacts = sum(_signals(line) for line in told)
    long_ones = [line for line in told if len(line.split()) >= 14 or len(line) > WIDEST]
    sentences = [line for line in told if _is_sentence(line)]
    if contacts >= 2:
        return len(long_ones) + len(sentences) > 3
    return bool(long_ones) or len(sentences) > 1


def _is_sentence(text: str) -> bool:
    return len(text.split()) >= 4 and _SENTENCE.search(text) is not None and not _signals(text)


def _signals(text: str) -> int:
    """How much in a line is a way to reach somebody."""
    found = [_PHONE.search(text), _WEB.search(text) or _MAIL.search(text), _POSTAL.search(text)]
    return sum(one is not None for one in found) or int(bool(_LABELLED.match(text)))


def _last_told(lines: list[Line], kinds: list[str], own: list[int]) -> int:
    told = [at for at in own if not lines[at].is_blank and not kinds[at]]
    return told[-1] if told else -1


def _find_contacts(
    lines: list[Line], kinds: list[str], rest: list[int], name: str, mail: str
) -> None:
    """A block of name, office and numbers at the end, if it is clearly the sender's."""
    block = _last_block(lines, rest)
    above = [at for at in rest if block and at < block[0] and not lines[at].is_blank]
    closes = bool(above) and CLOSES.match(lines[above[-1]].bare) is not None
    start = 0 if closes else _named(lines, block, name)
    block = block[start:]
    told = [lines[at].bare for at in block if not lines[at].is_blank]
    if (not above and start == 0) or len(told) < 3 or not _is_name(told[0]):
        return
    if sum(_signals(text) > 0 for text in told) < 2:
        return
    if closes and above[-1] == block[0] - 1:
        # The name belongs to "Regards," above it.
        block = block[1:]
    for at in block:
        kinds[at] = "signature"


def _named(lines: list[Line], block: list[int], name: str) -> int:
    """Where in the block the sender's name stands; its end if it does not."""
    parts = re.findall(r"\w{3,}", name.lower())
    for place, at in enumerate(block):
        text = lines[at].bare.lower()
        if _is_name(text) and any(part in text for part in parts):
            return place
    return len(block)


def _is_name(text: str) -> bool:
    return len(text.split()) <= 7 and not _signals(text) and not _BULLET.match(text)


def _last_block(lines: list[Line], rest: list[int]) -> list[int]:
    """From the end upwards, as long as lines could be part of such a block."""
    block: list[int] = []
    for at in reversed(rest):
        text = lines[at].bare.strip()
        could_be = not text or (len(text) <= 130 and not _is_words(text))
        if not could_be or CLOSES.match(text) or len(block) > 20:
            break
        block.append(at)
    block.reverse()
    while block and lines[block[0]].is_blank:
        block.pop(0)
    return block


def _is_words(text: str) -> bool:
    """A sentence, or a line of a list."""
    if _BULLET.match(text):
        return True
    if _signals(text):
        return False
    is_open = text.endswith((":", "?", ",", "؟", "!"))
    return is_open or len(text.split()) > 9 or _SENTENCE.search(text) is not None
