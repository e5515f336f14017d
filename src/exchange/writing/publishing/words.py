"""What a page says, in the text format of the house, and the other way round.
Called by publishing, opening and showing; changes nothing."""

from __future__ import annotations

import hashlib
from typing import Any

from exchange.contributions.content import Content
from exchange.contributions.models import Contribution
from exchange.core import text
from exchange.pages.telling.rules import Words
from exchange.writing.blocks import plain
from exchange.writing.models import BriefPage, HousePage, NewsletterPage, WrittenPage
from exchange.writing.publishing import naming

# Vocabularies whose terms the page has fields of its own for.
_OWN = ("topic", "country")


def body_of(page: WrittenPage, name: str = "body") -> str:
    """A text of a page as light Markdown."""
    return text.clean(plain.to_markdown(blocks_of(page, name), naming.address_of))


def blocks_of(page: WrittenPage, name: str = "body") -> list[plain.Block]:
    return list(getattr(page, name).get_prep_value())


def put_body(page: WrittenPage, markdown: str, name: str = "body") -> None:
    """These words; pictures that stood in it stay, after them."""
    pictures = [block for block in blocks_of(page, name) if block["type"] == "picture"]
    blocks = [*plain.to_blocks(markdown), *pictures]
    field = page._meta.get_field(name)
    setattr(page, name, field.stream_block.to_python(blocks))


def content_of(page: WrittenPage) -> Content:
    """As the spine takes it. What the page has no field for stays as the row has it."""
    row = page.outside
    kept = _kept(row) if isinstance(row, Contribution) else {}
    given: dict[str, Any] = {
        "title": text.clean_line(page.title),
        "body": body_of(page),
        "language": page.language,
        "summary": text.clean_line(page.summary),
    }
    if isinstance(page, BriefPage):
        given |= {"topics": tuple(page.topics), "countries": tuple(page.countries)}
    return Content(**{**kept, **given})


def beside_of(page: NewsletterPage) -> dict[str, str]:
    return {
        "local_title": text.clean_line(page.local_title),
        "local": body_of(page, "local"),
        "message": text.clean(page.message),
    }


def house_words(page: HousePage) -> Words:
    return Words(text.clean_line(page.title), body_of(page), text.clean_line(page.summary))


def digest(page: WrittenPage) -> str:
    """Marks the words of a page: what a gate said holds for these and no others."""
    said = [page.title, page.summary, page.language, body_of(page)]
    if isinstance(page, NewsletterPage):
        said += beside_of(page).values()
    if isinstance(page, BriefPage):
        said += [page.message, page.credit]
    return hashlib.sha256("\x00".join(said).encode()).hexdigest()


def _kept(row: Contribution) -> dict[str, Any]:
    others = row.context_terms.exclude(term__vocabulary__in=_OWN)
    return {
        "topics": tuple(row.topic_slugs),
        "countries": tuple(row.country_codes),
        "setting": row.setting,
        "mechanism": row.mechanism,
        "leadership": row.leadership,
        "expires_at": row.expires_at,
        "other_terms": tuple(others.values_list("term_id", flat=True)),
    }
