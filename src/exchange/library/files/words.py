"""What is said about files: why one is not taken, what was taken out of one, how large it is.
Called by the forms and pages of files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchange.core.text import size_in_words
from exchange.library.models import File

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_NOT_TAKEN: dict[str, _StrPromise] = {
    "empty": gettext_lazy("This file is empty. Please choose it again."),
    "picture-too-large": gettext_lazy(
        "This picture is larger than 12 MB. Please choose a smaller one."
    ),
    "wrong-type": gettext_lazy(
        "We do not know this sort of file. PDF, Word (DOCX), PowerPoint (PPTX), OpenDocument "
        "text, EPUB, MP3, Ogg, M4A, plain text and pictures work."
    ),
    "old-office": gettext_lazy(
        "This is an older Word or PowerPoint file. Open it, save it as DOCX, PPTX or PDF, and "
        "send that."
    ),
    "rtf": gettext_lazy("This is an RTF file. Open it, save it as DOCX or PDF, and send that."),
    "web-page": gettext_lazy("This is a web page. Print it to a PDF and send that."),
    "archive": gettext_lazy("This is an archive. Unpack it, and send the documents one by one."),
    "film": gettext_lazy("We cannot keep films. The sound alone, as MP3 or M4A, works."),
    "drawing": gettext_lazy("We cannot take drawings of the SVG kind. A PDF or a PNG works."),
    "program": gettext_lazy("This is a program. We keep documents, sound and pictures alone."),
    "two-things": gettext_lazy(
        "This file is two things at once, so we do not take it. Open it, save it anew as a PDF, "
        "and send that."
    ),
    "encrypted": gettext_lazy(
        "This file is locked with a password, so nobody could read it here. Save it without the "
        "password, and send that."
    ),
    "macros": gettext_lazy(
        "This document carries small programs (macros). Save it without them, or as a PDF, and "
        "send that."
    ),
    "cut-off": gettext_lazy(
        "This file is not complete: its end is missing. Perhaps the line broke while it was "
        "copied. Please fetch it anew and send it again."
    ),
    "broken": gettext_lazy(
        "This file is damaged, so we could not open it. Open it yourself, save it anew, and send "
        "that."
    ),
    "bomb": gettext_lazy(
        "Unpacked, this file would be far too large, so we stopped. Save it anew as a PDF, and "
        "send that."
    ),
    "too-many-pixels": gettext_lazy("This picture has too many pixels. Up to 40 million work."),
    "too-heavy": gettext_lazy(
        "Opening this file took too long, so we stopped. A PDF with fewer or smaller pictures "
        "works."
    ),
    "infected": gettext_lazy(
        "The virus scanner found something harmful in this file, so we did not keep it. Look "
        "after the device it comes from first."
    ),
    "busy": gettext_lazy("Many files are coming in just now. Please send it again in a minute."),
}

_TAKEN_OUT: dict[str, _StrPromise] = {
    "scripts": gettext_lazy("small programs that ran when it was opened"),
    "launch": gettext_lazy("commands to open something else"),
    "links": gettext_lazy("links to files on somebody's computer"),
    "forms": gettext_lazy("forms that sent what was typed elsewhere"),
    "attachments": gettext_lazy("files hidden inside it"),
    "metadata": gettext_lazy("who made it, with what and when"),
    "authors": gettext_lazy("names of those who commented or made changes"),
    "places": gettext_lazy("where and when its pictures were taken"),
    "thumbnail": gettext_lazy("small previews of earlier pages"),
    "lock": gettext_lazy("its lock against copying"),
    "tags": gettext_lazy("what the recorder noted about it"),
}


def why_not(code: str) -> str:
    """One sentence that says what is wrong with a file and what to do."""
    if code == "too-large":
        most = settings.LARGEST_LIBRARY_FILE // 1_000_000
        return _(
            "This file is larger than %(most)s MB. Please make it smaller, or send a link."
        ) % {"most": most}
    return str(_NOT_TAKEN.get(code, _NOT_TAKEN["broken"]))


def taken_out(codes: Iterable[str]) -> list[str]:
    """What was taken out of a file, in words."""
    return [str(_TAKEN_OUT[code]) for code in codes if code in _TAKEN_OUT]


def kind_and_size(file: File) -> str:
    """ "PDF, 4.2 MB": what a link to it costs."""
    return _("%(kind)s, %(size)s") % {"kind": file.kind.label, "size": size_in_words(file.size)}


def told(file: File) -> str:
    """What whoever sent a file is told of what became of it."""
    said = _("The file is kept: %(kind_and_size)s.") % {"kind_and_size": kind_and_size(file)}
    gone = taken_out(file.taken_out)
    if gone:
        said += " " + _("We took out of it: %(what)s.") % {"what": ", ".join(gone)}
    if not file.is_out and file.resource_id:
        said += " " + _("A host opens it before others can.")
    return said
