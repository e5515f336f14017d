"""Search reads documents to their middle: a sentence finds its report first, with the page it is on.
Run by pytest alone."""

import csv
import random
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils.translation import override

from exchange.contributions.models import Contribution
from exchange.core.time import now
from exchange.discovery import actions, queries
from exchange.discovery.models import SearchEntry, Vocabulary
from exchange.ledger import worker
from exchange.library.models import File, Reading, Resource, Rung, Standing
from exchange.library.reading import keeping, making, tree
from exchange.project import starter
from tests.library.conftest import shelved

pytestmark = pytest.mark.django_db

SENTENCE = (
    "On the third evening the grandmothers asked why nobody had walked to the river with the girls."
)


def find(typed: str) -> queries.Found:
    with override("en"):
        return queries.search(
            typed=typed, filters={}, member=None, moment=now() + timedelta(minutes=1)
        )


def read_into(
    resource: Resource, pages: list[list[str]], language: str = "en", **fields: object
) -> Reading:
    """A light view of these paragraphs, page after page, as if a PDF had been read."""
    blocks: list[dict[str, object]] = []
    for number, paragraphs in enumerate(pages, start=1):
        blocks.append({"type": "page", "number": number})
        blocks += [{"type": "paragraph", "spans": [{"t": words}]} for words in paragraphs]
    made = making.of_tree(tree.checked({"pages": len(pages), "blocks": blocks}), language)
    file = File.objects.create(
        **{
            "resource": resource,
            "media_type": "application/pdf",
            "name": "report.pdf",
            "size": 4_200_000,
            "sha256": "0" * 64,
            "sent_sha256": "0" * 64,
            "let_out_at": now(),
            **fields,
        }
    )
    with transaction.atomic():
        keeping.kept(file, made)()
    worker.run_until_idle()
    return Reading.objects.get(file=file)


def sentences() -> list[str]:
    with starter.LIBRARY.open(encoding="utf-8", newline="") as file:
        rows = [row["summary"] for row in csv.DictReader(file) if row["language"] == "en"]
    return [one.strip() + "." for row in rows for one in row.split(".") if len(one.split()) > 5]


def long_document(chance: random.Random, known: list[str], count: int = 120) -> list[list[str]]:
    """Pages that speak of everything the library speaks of, in sentences of their own."""
    words = [word.strip(".") for one in known for word in one.split()]

    def paragraph() -> str:
        own = " ".join(chance.choice(words) for _n in range(60))
        return f"{chance.choice(known)} {own.capitalize()}. {chance.choice(known)}"

    return [[paragraph() for _n in range(4)] for _page in range(count)]


def test_sentences_from_the_middle_of_a_long_report_find_it_first_among_all_records():
    call_command("load_starter", verbosity=0)
    chance, known = random.Random(7), sentences()
    reports = [
        shelved(f"Annual report number {n}", url=f"https://example.org/{n}") for n in range(5)
    ]
    pages = {one.pk: long_document(chance, known) for one in reports}
    wanted = reports[3]
    pages[wanted.pk][56].insert(2, f"We sat down. {SENTENCE} Then it rained.")
    for one in reports:
        read_into(one, pages[one.pk])
    actions.rebuild(fresh=True)
    assert SearchEntry.objects.count() >= 257 + 5

    found = find(SENTENCE)

    assert found.cards[0].id == wanted.pk
    assert found.cards[0].place == "in the text, page 57"
    assert found.cards[0].place_url.endswith("#p57")
    assert "<mark>grandmothers</mark>" in found.cards[0].excerpt
    missed = []
    for report in reports:
        for _n in range(4):
            text = chance.choice(chance.choice(pages[report.pk][20:100])).split(". ")[1].split()
            start = chance.randrange(0, 40)
            typed = " ".join(text[start : start + chance.randint(6, 15)])
            if find(typed).cards[0].id != report.pk:
                missed.append(typed)
    assert missed == []


def test_a_record_whose_own_words_say_it_stands_before_a_report_that_mentions_it():
    about = shelved("Child marriage and the elders", url="https://example.org/a")
    report = shelved("Annual report", url="https://example.org/b")
    filler = ["The office bought chairs and paid the driver."] * 30
    read_into(report, [[*filler, "Child marriage was named once.", *filler]] * 20)
    actions.index_many(Contribution.objects.filter(pk__in=[about.pk, report.pk]))

    found = find("child marriage")

    assert [card.id for card in found.cards] == [about.pk, report.pk]
    assert found.cards[0].place == ""
    assert found.cards[1].place.startswith("in the text, page ")
    assert "<mark>Child</mark> <mark>marriage</mark> was named once" in found.cards[1].excerpt


def test_what_a_visitor_may_not_open_is_not_found_by_its_words():
    record = shelved("Annual report")
    worker.run_until_idle()
    waiting = {"let_out_at": None}
    reading = read_into(record, [["The zebrafinch evenings."]], **waiting)

    assert find("zebrafinch").cards == []

    File.objects.update(let_out_at=now())
    actions.index_many(Contribution.objects.all())
    assert [card.id for card in find("zebrafinch").cards] == [record.pk]
    assert find("zebrafinch").cards[0].place == "in the text, page 1"

    Reading.objects.filter(pk=reading.pk).update(hidden_at=now())
    # Before the index knows it, nothing of the words is shown.
    assert "zebrafinch" not in str(find("zebrafinch").cards)
    with transaction.atomic():
        keeping.tell(reading)
    worker.run_until_idle()
    assert find("zebrafinch").cards == []


def test_a_document_in_another_language_than_its_record_is_found_by_its_own_rules():
    record = shelved("Annual report")
    text = "Watoto wa kijiji walizungumza na wazee kuhusu ndoa za utotoni na shule. " * 4
    read_into(record, [[text]], language="sw")

    found = find("walizungumza wazee").cards
    assert [card.id for card in found] == [record.pk]
    assert found[0].excerpt.startswith('<bdi lang="sw" dir="ltr">')


def test_a_short_version_is_found_in_its_own_language_once_it_is_published():
    record = shelved("Annual report")
    rung = Rung.objects.create(
        resource=record, length="sentence", language="sw", text="Wazee wanawalinda watoto."
    )
    rows = Contribution.objects.filter(pk=record.pk)
    actions.index_many(rows)
    assert find("wazee wanawalinda").cards == []

    Rung.objects.filter(pk=rung.pk).update(standing=Standing.PUBLISHED)
    actions.index_many(rows)

    assert [card.id for card in find("wazee wanawalinda").cards] == [record.pk]


def test_a_word_a_document_has_once_does_not_become_a_spelling_others_are_mended_to():
    record = shelved("Annual report")
    read_into(record, [["The zebrafinch came once."], ["The tortoise, a tortoise, our tortoise."]])

    known = set(Vocabulary.objects.exclude(word="").values_list("word", flat=True))

    assert "tortoise" in known
    assert "zebrafinch" not in known


def test_the_page_of_results_leads_to_the_page_of_the_document():
    record = shelved("Annual report")
    read_into(record, [["Nothing here."], ["The zebrafinch evenings brought us together."]])

    page = Client().get("/search/?q=zebrafinch").content.decode()

    way = f"/library/{record.pk}-{record.slug}/read/file-{File.objects.get().pk}/1/#p2"
    assert f'<a href="{way}">in the text, page 2</a>' in page
    assert Client().get(way).status_code == 200
