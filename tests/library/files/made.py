"""Files of every sort, made in memory: sound ones, and hostile ones.
Called by the tests of this folder."""

import io
from typing import Any

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from reportlab.pdfgen.canvas import Canvas


def sent(data: bytes, name: str = "report.pdf") -> SimpleUploadedFile:
    """As a form hands it over."""
    return SimpleUploadedFile(name, data)


def pdf(words: str = "What people did before anybody came.", pages: int = 1) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.setAuthor("Somebody With A Name")
    canvas.setTitle("Learning from villages")
    for number in range(pages):
        canvas.drawString(72, 720, f"{words} {number}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def pdf_with(change: Any, **saving: Any) -> bytes:
    """A PDF to which something was done."""
    with pikepdf.open(io.BytesIO(pdf())) as document:
        change(document)
        out = io.BytesIO()
        document.save(out, **saving)
    return out.getvalue()
