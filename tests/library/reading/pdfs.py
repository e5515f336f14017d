"""PDFs made by hand for the tests of reading: long ones, noted ones, scans, broken ones and bombs.
Called by the tests beside it."""

import io
import json
import subprocess
import sys
import zlib
from pathlib import Path
from random import Random
from typing import Any

import pikepdf
from PIL import Image, ImageDraw
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from exchange.core import sandbox

DOCUMENTS = Path(__file__).parent / "documents"
PROGRAM = [sys.executable, "-s", "-B", "-m", "exchange.library.reading.programs.pdf"]
LEFT, RIGHT, TOP = 72, 523, 770
PROSE = (
    "The committee of the village met under the tree and asked what the children had said. "
    "Nobody wrote a name down, because a name can travel further than a child would like. "
    "They agreed on three steps, and on the person who would look whether they were taken."
)


def prose(seed: int) -> list[str]:
    """A paragraph like no other: the same words in an order of its own."""
    words = PROSE.split()
    Random(seed).shuffle(words)
    return [f"n{seed}", *words]


def read(data: bytes, tmp_path: Path, *words: str) -> tuple[sandbox.Outcome, dict[str, Any]]:
    """What the program answers to a document, run as in production, and its tree."""
    path = tmp_path / "document.pdf"
    path.write_bytes(data)
    with path.open("rb") as file:
        outcome = sandbox.run(
            [*PROGRAM, *words],
            file,
            wall=60,
            most=40_000_000,
            environment={"PYTHONPATH": sandbox.SOURCE},
        )
    tree = json.loads(outcome.said.split(b"\n", 1)[0]) if not (outcome.code or words) else {}
    return outcome, tree


def printed(name: str) -> bytes:
    return (DOCUMENTS / name).read_bytes()


def plain(spans: list[dict[str, Any]]) -> str:
    return "".join(span["t"] for span in spans)


def told(tree: dict[str, Any], kind: str) -> list[str]:
    """The text of all blocks of a kind."""
    return [plain(block["spans"]) for block in tree["blocks"] if block["type"] == kind]


class Sheet:
    """A page under construction: lines from the top, as a simple program would print them."""

    def __init__(self) -> None:
        self.out = io.BytesIO()
        self.canvas = Canvas(self.out, pagesize=A4)
        self.y = TOP

    def line(self, text: str, size: float = 10, *, bold: bool = False, x: float = LEFT) -> None:
        self.canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
        self.canvas.drawString(x, self.y, text)
        self.y -= size * 1.25

    def paragraph(self, words: list[str], size: float = 10) -> None:
        """Filled lines, and half a line of room below."""
        line = ""
        for word in words:
            longer = f"{line} {word}".strip()
            if self.canvas.stringWidth(longer, "Helvetica", size) > RIGHT - LEFT:
                self.line(line, size)
                longer = word
            line = longer
        self.line(line, size)
        self.y -= size * 0.6

    def at(self, x: float, y: float, text: str, size: float = 8) -> None:
        self.canvas.setFont("Helvetica", size)
        self.canvas.drawString(x, y, text)

    def turn(self) -> None:
        self.canvas.showPage()
        self.y = TOP

    def done(self) -> bytes:
        self.canvas.save()
        return self.out.getvalue()


def long_report(pages: int = 120) -> bytes:
    """Chapters, alternating running heads, page numbers, a printed list of contents."""
    sheet = Sheet()
    sheet.line("Report of the districts", 26, bold=True)
    sheet.turn()
    sheet.line("Contents", 16, bold=True)
    for number in range(1, 11):
        sheet.line(f"Chapter {number} of the report {'. ' * 50} {number * 10}")
    sheet.turn()
    for page in range(3, pages + 1):
        chapter = page // 10 + 1
        sheet.at(
            *(
                (LEFT, 805, "Report of the districts")
                if page % 2
                else (300, 805, f"Chapter {chapter}")
            )
        )
        sheet.at(300, 40, str(page))
        if page % 10 == 3:
            sheet.line(f"{chapter}. What district {chapter} found", 16, bold=True)
        for number in range(9):
            sheet.paragraph(prose(page * 10 + number))
        sheet.turn()
    return sheet.done()


def noted() -> bytes:
    """Raised markers, and small print at the foot that answers them."""
    sheet = Sheet()
    sheet.line("A page with notes", 18, bold=True)
    for mark, words in (("1", "Children were asked first"), ("2", "Parents were asked after")):
        sheet.canvas.setFont("Helvetica", 10)
        sheet.canvas.drawString(LEFT, sheet.y, words)
        end = LEFT + sheet.canvas.stringWidth(words, "Helvetica", 10)
        sheet.at(end, sheet.y + 4, mark, 6)
        sheet.at(end + 5, sheet.y, "and the answers were read aloud.", 10)
        sheet.y -= 30
    for number in range(5):
        sheet.paragraph(prose(number))
    sheet.at(LEFT, 100, "1", 5)
    sheet.at(LEFT + 5, 97, "In groups of five, by a woman they knew.", 7.5)
    sheet.at(LEFT, 88, "2", 5)
    sheet.at(LEFT + 5, 85, "At home, in the evening.", 7.5)
    return sheet.done()


def scanned(pages: int = 2) -> bytes:
    """Pages that are pictures, and one that is not."""
    sheet = Sheet()
    for number in range(pages):
        picture = Image.new("L", (1240, 1754), 250)
        ImageDraw.Draw(picture).text((200, 200), f"A scanned page {number}", fill=10, font_size=60)
        sheet.canvas.drawImage(ImageReader(picture), 0, 0, *A4)
        sheet.turn()
    sheet.paragraph(prose(1))
    return sheet.done()


def raw(content: bytes, extra: bytes = b"<<>>", *, pages: bytes = b"", root: bytes = b"") -> bytes:
    """A PDF of one page written byte by byte, for what no honest program would write."""
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/StructParents 0"
        b"/Resources<</Font<</F1 5 0 R>>/XObject<</X 6 0 R>>>>>>"
    )
    parts = [
        b"<</Type/Catalog/Pages 2 0 R%s>>" % root,
        pages or b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        page,
        packed(content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        extra,
    ]
    return assembled(parts)


def packed(data: bytes, more: bytes = b"") -> bytes:
    small = zlib.compress(data, 9)
    head = b"<</Length %d/Filter/FlateDecode%s>>" % (len(small), more)
    return head + b"stream\n" + small + b"\nendstream"


def assembled(parts: list[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, part in enumerate(parts, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (len(parts) + 1, start)
    return bytes(out)


def empty_pages(many: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % (3 + number) for number in range(many))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
    pages = b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, many)
    return assembled([b"<</Type/Catalog/Pages 2 0 R>>", pages, *[page] * many])


def locked(password: str) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(DOCUMENTS / "report.pdf") as document:
        document.save(out, encryption=pikepdf.Encryption(owner="owner", user=password, R=6))
    return out.getvalue()


def poppler_reads(data: bytes) -> str:
    ran = subprocess.run(
        ["pdftotext", "-enc", "UTF-8", "-", "-"], input=data, capture_output=True, check=True
    )
    return ran.stdout.decode()
