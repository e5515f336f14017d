"""What an element of a mail's HTML says about the words inside, program by program.
Called by `mail.reading.page`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_QUOTES = re.compile(
    r"gmail_quote|protonmail_quote|tutanota_quote|yahoo_quoted|moz-cite|zmail|mail_?quote|cite|"
    r"\bquote\b|quoted|ms-outlook"
)
# Containers that hold an older mail and nothing else.
_BOXES = re.compile(
    r"\byahoo_quoted|\byahoo-quoted|mail-editor-reference-message-container|"
    r"ms-outlook-mobile-reference-message|\bOLK_SRC_BODY_SECTION\b|\bmoz-forward-container\b|"
    r"\bisReplyContent\b|__QUOTED_TEXT__|\bmail_android_quote_body\b|\bmailContentQuote\b|"
    r"\bfront-blockquote\b|\bntes-mailmaster-quote\b"
)
_HEADERS = re.compile(
    r"\bgmail_attr\b|\bmoz-cite-prefix\b|\bmoz-email-headers-table\b|\bOutlookMessageHeader\b|"
    r"\bdivRplyFwdMsg\b|__HEADERS__|\bmail_android_quote_header\b"
)
_SIGNATURES = re.compile(
    r"\bgmail_signature\b|\bmoz-signature\b|\b[Ss]ignature\b|\bms-outlook-mobile-signature\b|"
    r"\bAppleMailSignature\b|\bprotonmail_signature_block|\bcomposer_signature\b|"
    r"\bmobile_signature\b|yahoo-signature|ydp\w{1,12}signature|__SIG_\w{3,8}__|"
    r"\bmail_signature\b|\blineBreakAtBeginningOfSignature\b"
)
_COLOUR = re.compile(r"(?:^|[;\s])color\s*:\s*([^;]{1,40})")
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})[,\s]+(\d{1,3})[,\s]+(\d{1,3})")
_NAMED = {
    "red": "ff0000",
    "blue": "0000ff",
    "green": "008000",
    "purple": "800080",
    "orange": "ffa500",
    "magenta": "ff00ff",
    "fuchsia": "ff00ff",
    "maroon": "800000",
    "teal": "008080",
    "navy": "000080",
    "brown": "a52a2a",
    "crimson": "dc143c",
    "darkred": "8b0000",
    "darkgreen": "006400",
}
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden")
_NO_MARGIN = re.compile(r"margin(?:-bottom|-block-end)?\s*:\s*0(?:px|in|cm|pt|em)?\b")


@dataclass(frozen=True)
class Seen:
    """What one element says."""

    hint: str = ""
    quotes: bool = False
    indents: bool = False
    is_hidden: bool = False
    keeps_spaces: bool = False
    # A paragraph that stands close to the next.
    is_tight: bool = False
    # None: nothing said; "" a colour like any text's.
    tint: str = ""


_NOTHING = Seen()


def seen(name: str, attributes: Mapping[str, str]) -> Seen:
    """What the element says; most say nothing."""
    if not attributes:
        return Seen(indents=True) if name == "blockquote" else _NOTHING
    style = (attributes.get("style") or "").lower()[:2000]
    marks = " ".join(
        (attributes.get(key) or "")[:300]
        for key in ("class", "id", "data-marker", "data-smartmail", "name")
    )
    quotes = name == "blockquote" and _is_quote(attributes, style, marks)
    quotes = quotes or (
        name == "div" and "border-left" in style and attributes.get("name") == "quote"
    )
    return Seen(
        hint=_hint(name, marks, style),
        quotes=quotes,
        indents=name == "blockquote" and not quotes and not _is_indent(style),
        is_hidden=bool(_HIDDEN.search(style)) or "hidden" in attributes,
        keeps_spaces="white-space:pre" in style.replace(" ", ""),
        is_tight="Mso" in marks or bool(_NO_MARGIN.search(style)),
        tint=_tint(style, attributes),
    )


def _is_quote(attributes: Mapping[str, str], style: str, marks: str) -> bool:
    if (attributes.get("type") or "").lower() == "cite" or "cite" in attributes:
        return True
    return bool(_QUOTES.search(marks)) or "border-left" in style


def _is_indent(style: str) -> bool:
    """Gmail's button "indent more" makes a blockquote like this."""
    return "border:none" in style.replace(" ", "") and "margin" in style


def _hint(name: str, marks: str, style: str) -> str:
    if marks.strip():
        if _BOXES.search(marks):
            return "box"
        if _HEADERS.search(marks):
            return "header"
        if _SIGNATURES.search(marks):
            return "signature"
    if name == "div" and "border-top" in style:
        close = style.replace(" ", "")
        if "border:none" in close and "border-top:solid" in close:
            return "top"
    return ""


def _tint(style: str, attributes: Mapping[str, str]) -> str:
    """The colour the element gives its words, if it is one that stands out."""
    found = _COLOUR.search(style)
    told = (found[1] if found else attributes.get("color") or "").strip().lower()
    if not told:
        return ""
    rgb = _RGB.search(told)
    digits = told.lstrip("#").split("!")[0].strip()
    if rgb:
        parts = [int(part) for part in rgb.groups()]
    else:
        digits = _NAMED.get(digits, digits)
        digits = "".join(d * 2 for d in digits) if len(digits) == 3 else digits
        if not re.fullmatch(r"[0-9a-f]{6}", digits):
            return "plain"
        parts = [int(digits[at : at + 2], 16) for at in (0, 2, 4)]
    stands_out = max(parts) - min(parts) > 80
    return "#" + "".join(f"{part:02x}" for part in parts) if stands_out else "plain"
