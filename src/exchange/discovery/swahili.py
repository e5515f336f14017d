"""Light stemming for Swahili: noun classes, verb prefixes, the locative and verb endings.
Called by stems alone. It would rather leave a word whole than cut a root."""

from __future__ import annotations

import re

# Pairs whose roots the rules would not bring together, most of them of this field.
IRREGULAR = {
    "wanawake": "mwanamke",
    "wanaume": "mwanamume",
    "mwanaume": "mwanamume",
    "watoto": "mtoto",
    "utoto": "mtoto",
    "utotoni": "utotoni",
    "wazee": "mzee",
    "walimu": "mwalimu",
    "waalimu": "mwalimu",
    "wana": "mwana",
    "watu": "mtu",
    "wake": "mke",
    "waume": "mume",
    "vijana": "kijana",
    "ujana": "kijana",
    "mabinti": "binti",
    "majumbani": "nyumba",
    "nyumbani": "nyumba",
    "majirani": "jirani",
    "maswali": "swali",
    "majibu": "jibu",
    "mambo": "jambo",
    "mafunzo": "funza",
    "mafundisho": "funza",
    "kufunza": "funza",
    "wafanyakazi": "mfanyakazi",
    "wanafunzi": "mwanafunzi",
    "ulinzi": "linda",
    "walinzi": "linda",
    "mlinzi": "linda",
    "kinga": "kinga",
    "ndoa": "ndoa",
    "kuoa": "ndoa",
    "kuolewa": "ndoa",
    "mimba": "mimba",
    "ujauzito": "mimba",
    "mashuleni": "shule",
    "haki": "haki",
    "habari": "habari",
    "mila": "mila",
    "kazi": "kazi",
    "njia": "njia",
    "wakati": "wakati",
    "watani": "watani",
    "kwanza": "kwanza",
    "sana": "sana",
    "kina": "kina",
    "mitaa": "mtaa",
    "mitandao": "mtandao",
    "viongozi": "kiongozi",
    "uongozi": "kiongozi",
    "wanyama": "mnyama",
    "mipango": "mpango",
    "miradi": "mradi",
}
_CANONICAL = frozenset(IRREGULAR.values())
_SUBJECT = "ni|u|a|tu|m|wa|i|li|ya|ki|vi|zi|ku|pa|yu"
# subject, tense and, in a relative clause, -cho-, -vyo-, -o- and their sisters
_VERB = re.compile(
    rf"(?:ha|si)?(?:{_SUBJECT})(?:na|li|ta|me|nge|ngali|sha|taka)"
    r"(?:cho|vyo|lo|yo|zo|po|mo|ko|ye)?(?:m(?=[^aeiou])|wa|ki|vi|zi|tu|ni)?(?=.{4})"
)
_NEGATIVE = re.compile(r"(?:hatu|hawa|hai|hazi|hayu|hamu|hau|ha|si)(?:ku|ja|ta)(?=.{4})")
_INFINITIVE = re.compile(r"(?:ku|kw)(?:to)?(?:wa|m(?=[^aeiou]))?(?=.{4})")
_HORTATIVE = re.compile(r"(?:tu|wa|a|m|i)(?=[^aeiou].{2,}e$)")
_NOUN = re.compile(
    r"(?:mw|my|vy|ch)(?=[aeiou].{3})|(?:wa|mi|ma|ki|vi)(?=[^aeiou].{3})|m(?=[^aeiouw].{3})"
    r"|u(?=[^aeiou].{4})"
)
_ENDINGS = ("ishwa", "eshwa", "ishana", "isha", "esha", "iwa", "ewa", "wa", "ana", "ia", "ea", "a")


def stem(word: str) -> str:
    """The light stem of a folded Swahili word."""
    for form in (word, _without_tail(word)):
        if form in IRREGULAR or form in _CANONICAL:
            return IRREGULAR.get(form, form)
    word = _without_tail(word)
    for prefix in (_NEGATIVE, _VERB, _INFINITIVE):
        match = prefix.match(word)
        if match:
            return _verb_root(word[match.end() :])
    match = _NOUN.match(word)
    root = word[match.end() :] if match else word
    return root[:-2] if root.endswith("aji") and len(root) > 5 else root


def _without_tail(word: str) -> str:
    """Without the question ending -je and the locative -ni ("shuleni" is at school)."""
    if len(word) > 6 and word.endswith("je"):
        word = word[:-2]
    if len(word) > 5 and word.endswith("ni"):
        return word[:-2]
    return word


def _verb_root(root: str) -> str:
    """A verb's root without passive, causative or applied endings, when enough is left."""
    for ending in _ENDINGS:
        if root.endswith(ending) and len(root) - len(ending) >= 3:
            return root[: -len(ending)] + "a"
    return root
