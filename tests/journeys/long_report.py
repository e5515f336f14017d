"""A report of more than a hundred pages, as an organisation would print it, with one sentence in
its middle that stands nowhere else. Used by the journey of the library."""

from io import BytesIO
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer

PAGES = 110
_WORDS = (
    (
        "The committee met under the tree of the market each week, and elders, mothers and young "
        "people told what they had seen."
    ),
    (
        "Nobody from outside was asked to decide; the facilitator listened, and came back when the "
        "group called."
    ),
    (
        "When a family was in trouble, two neighbours went first, and the office of the district was "
        "told only when they could not help."
    ),
    (
        "What changed most was that people spoke of it at all: in the church, at the well, in the "
        "boats."
    ),
    (
        "The money was small, and it came from the village itself, which is why the work went on when "
        "the project had ended."
    ),
)


def written(place: Path, *, title: str, sentence: str) -> Path:
    """The report as a PDF file in this place; the sentence stands on page 57."""
    styles = getSampleStyleSheet()
    story = [Paragraph(title, styles["Title"]), Spacer(1, 20)]
    for number in range(1, PAGES + 1):
        if number % 10 == 1:
            story.append(
                Paragraph(f"{number // 10 + 1} Year {number // 10 + 1}", styles["Heading1"])
            )
        story.append(Paragraph(f"Visit {number}", styles["Heading2"]))
        for turn in range(6):
            words = " ".join(_WORDS[(number + turn + step) % len(_WORDS)] for step in range(2))
            story.append(
                Paragraph(f"In visit {number}, part {turn + 1}: {words}", styles["BodyText"])
            )
        if number == PAGES // 2 + 2:
            story.append(Paragraph(sentence, styles["BodyText"]))
        story.append(PageBreak())
    made = BytesIO()
    SimpleDocTemplate(made, pagesize=A4, author="A. Person", title="draft 7").build(story)
    place.write_bytes(made.getvalue())
    return place
