"""What a page costs on the wire: one round trip's window on the first visit, and hardly any script.
Run by pytest alone, on the real starter content."""

import csv
import gzip
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from exchange.contributions.actions import submit
from exchange.contributions.content import Content
from exchange.contributions.models import Contribution
from exchange.conversation.actions import answer
from exchange.ledger import worker
from exchange.library.models import Resource
from exchange.project import starter
from tests import cast

PAGE_AT_MOST = 14_000
SCRIPT_AT_MOST = 3_000
LANGUAGES = ("en", "ar")
ANSWERS = 30

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Weight:
    """The bytes of the first response with every style sheet it waits for, and of its scripts."""

    page: int
    script: int


def weight(client: Client, path: str) -> Weight:
    response = client.get(path, headers={"accept-encoding": "gzip"})
    assert response.status_code == 200, path
    assert response.headers["Content-Encoding"] == "gzip", path
    page = gzip.decompress(response.content).decode()
    sheets = re.findall(r"<link[^>]*stylesheet[^>]*href=\"([^\"?]+)", page)
    scripts = re.findall(r"<script[^>]*src=\"([^\"?]+)", page)
    return Weight(
        len(response.content) + sum(map(static_weight, sheets)), sum(map(static_weight, scripts))
    )


def static_weight(address: str) -> int:
    name = address.removeprefix(settings.STATIC_URL)
    return len(gzip.compress(Path(str(finders.find(name))).read_bytes(), 6))


def talked_about() -> Contribution:
    """A question with many answers, in words that are not all alike."""
    with starter.LIBRARY.open(encoding="utf-8", newline="") as file:
        words = [row["summary"] for row in csv.DictReader(file) if len(row["summary"]) > 80]
    people = [cast.amina(), cast.person("Femi", role="Elder", welcomed_at=cast.now())]
    content = Content(title="What brought your committee back?", body=words[-1])
    row = submit(kind="question", content=content, author=people[0])
    for number in range(ANSWERS):
        text = f"{words[number % len(words)]} {words[(7 * number + 3) % len(words)]}"
        answer(contribution=row, author=people[number % 2], body=text, language="en")
    return row


def addresses(question: Contribution, record: Resource) -> dict[str, str]:
    return {
        "home": "/",
        "questions": "/questions/",
        "experiences": "/experiences/",
        "notices": "/notices/",
        "library": "/library/",
        "question": question.get_absolute_url(),
        "record": record.get_absolute_url(),
        "search": "/search/?q=child+protection+committee",
        "search by topic": "/search/",
        "topic": "/topics/child-participation/",
        "country": "/countries/ke/",
        "shelf of a hub": "/library/hubs/east-africa/",
        "sign in": "/sign-in/",
        "join": "/join/",
    }


def test_the_first_visit_to_any_page_fits_one_round_trip(visitor):
    starter.load()
    question = talked_about()
    worker.run_until_idle()
    record = Resource.objects.listed().exclude(summary="").newest().first()
    member = cast.signed_in(Client(), question.author)
    too_heavy = {}

    for language in LANGUAGES:
        prefix = "" if language == "en" else f"/{language}"
        pages = {name: (visitor, path) for name, path in addresses(question, record).items()}
        pages |= {"ask": (member, "/ask/"), "mail": (member, "/me/mail/")}
        for name in ("question", "topic", "search"):
            pages[f"{name}, signed in"] = (member, pages[name][1])
        for name, (client, path) in pages.items():
            used = weight(client, prefix + path)
            if used.page > PAGE_AT_MOST or used.script > SCRIPT_AT_MOST:
                too_heavy[f"{name} ({language})"] = used

    assert too_heavy == {}


def test_the_scale_sees_text_style_and_script(visitor):
    about, asking = weight(visitor, "/about/"), weight(visitor, "/sign-in/")

    assert 1_000 < about.page <= PAGE_AT_MOST
    assert about.script == 0
    assert asking.script > 100
    assert static_weight("/static/look.css") > 1_000
