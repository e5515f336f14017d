"""Small words people answer our letters with: yes, no, done, undo, send and more, in six languages.
Called by the handlers of every room; the letters teach the same words (`word_for`)."""

from __future__ import annotations

import re

from exchange.mail.folding import folded

# The first word of each language is the one our letters teach.
WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "yes": {
        "en": (
            *("yes", "yes please", "y", "yess", "yep", "yeah", "ok", "okay", "i confirm"),
            *("yes it was me", "it was me", "yes that was me", "yes this was me"),
        ),
        "fr": ("oui", "oui merci", "c'est moi", "oui c'est moi", "c'était moi", "je confirme"),
        "sw": ("ndiyo", "ndio", "naam", "ni mimi", "ndiyo ni mimi", "nathibitisha"),
        "ar": ("نعم", "أجل", "ايوه", "نعم أنا", "هذا أنا", "أؤكد"),
        "es": ("sí", "si por favor", "soy yo", "sí soy yo", "fui yo", "sí fui yo", "confirmo"),
        "pt": ("sim", "sou eu", "sim sou eu", "fui eu", "sim fui eu", "eu confirmo"),
    },
    "no": {
        "en": ("no", "nope", "no thanks", "it was not me", "not me", "no it was not me"),
        "fr": ("non", "non merci", "ce n'est pas moi", "pas moi"),
        "sw": ("hapana", "la", "si mimi", "hapana si mimi"),
        "ar": ("لا", "كلا", "لست أنا", "ليس أنا"),
        "es": ("no", "no gracias", "no fui yo", "no soy yo"),
        "pt": ("não", "não obrigado", "não obrigada", "não fui eu"),
    },
    "named": {
        "en": ("yes with my name", "with my name", "yes with name", "with name"),
        "fr": ("oui avec mon nom", "avec mon nom", "oui avec nom"),
        "sw": (
            "ndiyo na jina langu",
            "na jina langu",
            "ndio na jina langu",
            "ndiyo kwa jina langu",
        ),
        "ar": ("نعم مع اسمي", "مع اسمي", "نعم باسمي", "نعم بذكر اسمي"),
        "es": ("sí con mi nombre", "con mi nombre", "sí con nombre"),
        "pt": ("sim com o meu nome", "com o meu nome", "sim com meu nome", "sim com nome"),
    },
    "unnamed": {
        "en": ("yes without my name", "without my name", "yes without name", "yes no name"),
        "fr": ("oui sans mon nom", "sans mon nom", "oui sans nom"),
        "sw": (
            "ndiyo bila jina langu",
            "bila jina langu",
            "ndio bila jina langu",
            "ndiyo bila jina",
        ),
        "ar": ("نعم بدون اسمي", "بدون اسمي", "نعم دون اسمي", "نعم دون ذكر اسمي"),
        "es": ("sí sin mi nombre", "sin mi nombre", "sí sin nombre"),
        "pt": ("sim sem o meu nome", "sem o meu nome", "sim sem meu nome", "sim sem nome"),
    },
    "undo": {
        "en": (
            *("undo", "undo it", "undo this", "take it back", "take back", "withdraw"),
            *("withdraw it", "please undo"),
        ),
        "fr": ("annuler", "annule", "annulez", "retirer", "retirez"),
        "sw": ("tengua", "ondoa", "futa", "itengue"),
        "ar": ("تراجع", "سحب", "اسحب", "اسحبه", "إلغاء"),
        "es": ("deshacer", "retirar", "anular", "retíralo"),
        "pt": ("desfazer", "retirar", "anular", "retire"),
    },
    "restore": {
        "en": ("restore", "restore it", "put it back", "put them back", "please restore"),
        "fr": ("rétablir", "restaurer", "rétablissez", "remettre"),
        "sw": ("rejesha", "rudisha", "irudishe"),
        "ar": ("استعادة", "استرجاع", "استعد"),
        "es": ("restaurar", "recuperar", "restablecer"),
        "pt": ("restaurar", "repor", "recuperar"),
    },
    "done": {
        "en": ("done", "it is done", "this is done", "finished", "done it"),
        "fr": ("fait", "c'est fait", "terminé"),
        "sw": ("imekamilika", "nimemaliza", "tayari", "imefanyika"),
        "ar": ("تم", "أنجز", "أنجزت", "تم ذلك", "انتهى"),
        "es": ("hecho", "está hecho", "ya está", "terminado"),
        "pt": ("feito", "está feito", "já está", "terminado"),
    },
    "maybe": {
        "en": ("maybe", "perhaps", "i do not know yet", "not sure"),
        "fr": ("peut-être", "je ne sais pas encore"),
        "sw": ("labda", "huenda", "sijui bado"),
        "ar": ("ربما", "لا أعرف بعد"),
        "es": ("quizás", "quizá", "tal vez", "no sé todavía"),
        "pt": ("talvez", "ainda não sei"),
    },
    "live-with": {
        "en": ("i can live with it", "can live with it", "i can live with that"),
        "fr": ("je peux vivre avec", "je peux l'accepter", "cela me va"),
        "sw": ("naweza kukubali", "ninaweza kukubaliana nayo"),
        "ar": ("يمكنني قبوله", "أستطيع قبول ذلك"),
        "es": ("puedo aceptarlo", "puedo vivir con eso"),
        "pt": ("posso aceitar", "posso viver com isso"),
    },
    "send": {
        "en": ("send", "send it", "send it as it is", "send as it is", "please send"),
        "fr": ("envoyer", "envoie", "envoyez", "envoyez le"),
        "sw": ("tuma", "itume", "tuma tu"),
        "ar": ("أرسل", "إرسال", "ارسله", "أرسلها"),
        "es": ("enviar", "envía", "envíalo", "envíelo"),
        "pt": ("enviar", "envia", "envie", "enviar assim"),
    },
}
# Who ends a small word with thanks or a name has said no more than the word.
_LONGEST_REST = 60
_LINES = 5
_REPLY = re.compile(r"^(?:\s*[^\W\d_]{1,4}\s*(?:\[\d+\])?\s*[:：])+\s*")


def said(words: str, subject: str = "") -> str:
    """Which small word this is if it is all that was said, else "". The subject counts when there
    are no words."""
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    if not lines:
        return _code(_REPLY.sub("", subject))
    rest = " ".join(lines[1:])
    if len(lines) > _LINES or len(rest) > _LONGEST_REST or rest.rstrip().endswith("?"):
        return ""
    return _code(lines[0])


def word_for(code: str, language: str) -> str:
    """The word our letters teach, in capitals where the script has them."""
    spoken = WORDS[code]
    return spoken.get(language, spoken["en"])[0].upper()


def _code(line: str) -> str:
    plain = folded(line)
    return _EXACT.get(plain) or _nearly(plain)


def _nearly(plain: str) -> str:
    """A slip of the finger in a word of four letters or more; nothing if two words are as near."""
    if len(plain) < 4 or " " in plain:
        return ""
    near = {code for form, code in _LONG.items() if _is_one_slip(plain, form)}
    return near.pop() if len(near) == 1 else ""


def _is_one_slip(one: str, other: str) -> bool:
    """One letter more, less or other, or two neighbours exchanged. The first is right: "end" and
    "sand" are not "send"."""
    if one[0] != other[0] or abs(len(one) - len(other)) > 1:
        return False
    if len(one) == len(other):
        wrong = [place for place in range(len(one)) if one[place] != other[place]]
        if len(wrong) == 2:
            first, second = wrong
            return (
                second == first + 1 and one[first] == other[second] and one[second] == other[first]
            )
        return len(wrong) == 1 and len(one) > 4
    short, long = sorted((one, other), key=len)
    return any(long[:place] + long[place + 1 :] == short for place in range(1, len(long)))


_EXACT = {
    folded(form): code
    for code, spoken in reversed(WORDS.items())
    for forms in spoken.values()
    for form in forms
}
_LONG = {form: code for form, code in _EXACT.items() if len(form) >= 4 and " " not in form}
