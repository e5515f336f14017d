"""From the bytes of a file to its words, whatever office program wrote them.
Called by the readers; knows nothing of tables or records."""

from __future__ import annotations

from django.utils.translation import gettext as _

from exchange.library.bringing.rows import LARGEST_FILE, Unreadable

_BEGINS_LIKE = (
    (b"PK\x03\x04", "spreadsheet"),
    (b"\xd0\xcf\x11\xe0", "spreadsheet"),
    (b"%PDF", "document"),
    (b"\x1f\x8b", "packed"),
    (b"{\\rtf", "document"),
)


def text_of(raw: bytes) -> str:
    """The words of a file, lines ended by a newline alone. Raises Unreadable."""
    if len(raw) > LARGEST_FILE:
        raise Unreadable(_("The file is larger than 50 MB. Split it and import the parts."))
    _refuse_other_files(raw)
    text = _decoded(raw)
    if "\x00" in text:
        raise Unreadable(
            _("This is no text file. Save the table as “CSV UTF-8”, or export RIS or BibTeX again.")
        )
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\n\ufeff")
    if not text.strip():
        raise Unreadable(_("The file is empty."))
    return text


def _refuse_other_files(raw: bytes) -> None:
    says = {
        "spreadsheet": _("This is a spreadsheet, not CSV. Save it as “CSV UTF-8” and try again."),
        "document": _("This is a document, not a list of records. Add it as a record instead."),
        "packed": _("This file is packed. Unpack it and try again."),
    }
    for beginning, what in _BEGINS_LIKE:
        if raw.startswith(beginning):
            raise Unreadable(says[what])


def _decoded(raw: bytes) -> str:
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", "replace")
    if guess := _unmarked_utf_16(raw):
        return raw.decode(guess, "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Old office programs write the Windows or the Latin-1 table; the first knows more signs.
        try:
            return raw.decode("cp1252")
        except UnicodeDecodeError:
            return raw.decode("latin-1")


def _unmarked_utf_16(raw: bytes) -> str:
    """Latin letters written as UTF-16 have a NUL in every second place, always the same one."""
    start = raw[:2000]
    zeros = [start[place::2].count(0) for place in (0, 1)]
    half = len(start) // 2
    if half > 8 and zeros[1] > half * 0.6 and zeros[0] == 0:
        return "utf-16-le"
    if half > 8 and zeros[0] > half * 0.6 and zeros[1] == 0:
        return "utf-16-be"
    return ""
