"""What makes two records the same: titles, identifiers; and where a title stands in the alphabet.
Pure; called by the library's forms, actions and by tests."""

import hashlib
import re
from urllib.parse import unquote

from exchange.core.text import folded

SIGNATURE_LENGTH = 64
SORT_LENGTH = 60
_DOI = re.compile(r"10\.[0-9]{4,9}/[^\s\"<>\x00-\x1f\x7f]+", re.IGNORECASE)
_HANDLE = re.compile(
    r"(?:^|hdl\.handle\.net/|hdl:|/handle/)([0-9]+(?:\.[0-9]+)*/[^\s\"<>?#\x00-\x1f\x7f]+)"
)
# As long as a record has room for.
_LONGEST_DOI, _LONGEST_HANDLE = 200, 120
# A spreadsheet runs a cell that begins so; words never need to.
_FORMULA_SIGNS = "=+-@\t\r\n "
# Passed over when titles are sorted.
_ARTICLES = ("the ", "a ", "an ", "le ", "la ", "les ", "l ", "el ", "los ", "las ", "o ", "os ")


def title_signature(title: str) -> str:
    """The letters and digits of a title, folded; hashed when they are many. Case, accents,
    spaces and punctuation make no difference."""
    plain = "".join(folded(title).split())
    if not plain:
        plain = title.strip()
    if len(plain) <= SIGNATURE_LENGTH:
        return plain
    return hashlib.sha256(plain.encode()).hexdigest()


def sort_title(title: str) -> str:
    """How a title is filed: folded, without its quotation marks and first article."""
    plain = folded(title)
    for article in _ARTICLES:
        if plain.startswith(article) and len(plain) > len(article):
            plain = plain[len(article) :]
            break
    return plain[:SORT_LENGTH]


def distinct_signature(title: str, *more: str) -> str:
    """The signature of another edition or a translation that bears the same title."""
    return title_signature(" ".join((title, *(word for word in more if word))))


def doi_of(given: str) -> str:
    """The DOI in what somebody typed or pasted, without its address; "" when there is none, or
    one longer than any."""
    found = _DOI.search(unquote(given.strip()))
    doi = found[0].rstrip(".,;)").lower() if found else ""
    return doi if len(doi) <= _LONGEST_DOI else ""


def handle_of(given: str) -> str:
    """The handle in what somebody typed or pasted, without its address; "" when there is none, or
    one longer than any."""
    found = _HANDLE.search(unquote(given.strip()))
    handle = found[1].rstrip(".,;)") if found else ""
    return handle if len(handle) <= _LONGEST_HANDLE else ""


def isbn_of(given: str) -> str:
    """An ISBN as its 13 digits, when its check digit is right; "" otherwise."""
    signs = re.sub(r"[\s‐‑–-]", "", given.strip()).upper().removeprefix("ISBN").lstrip(":")
    if re.fullmatch(r"[0-9]{9}[0-9X]", signs):
        sum_of_ten = sum(_value(sign) * (10 - place) for place, sign in enumerate(signs))
        if sum_of_ten % 11:
            return ""
        signs = "978" + signs[:9]
        return signs + str(_thirteenth(signs))
    if re.fullmatch(r"97[89][0-9]{10}", signs) and int(signs[12]) == _thirteenth(signs):
        return signs
    return ""


def without_formula(text: str) -> str:
    """Words that no spreadsheet will run when the records are exported again."""
    return text.lstrip(_FORMULA_SIGNS)


def _value(sign: str) -> int:
    return 10 if sign == "X" else int(sign)


def _thirteenth(signs: str) -> int:
    total = sum(int(sign) * (3 if place % 2 else 1) for place, sign in enumerate(signs[:12]))
    return -total % 10
