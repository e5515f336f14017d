"""What makes two titles the same record, and where a title stands in the alphabet.
Pure; called by the library's forms, actions and by tests."""

import hashlib
import unicodedata

SIGNATURE_LENGTH = 64
SORT_LENGTH = 60
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


def folded(text: str) -> str:
    """Letters and digits alone, without case or accents, one space between words."""
    split = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text)).casefold()
    bare = "".join(c for c in split if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in bare).split())


def without_formula(text: str) -> str:
    """Words that no spreadsheet will run when the records are exported again."""
    return text.lstrip(_FORMULA_SIGNS)
