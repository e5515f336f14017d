"""Newsletters are read again: the list, the page, the feed; what is taken back stands in none.
Run by pytest alone."""

import re
from xml.etree import ElementTree

import pytest
from django.test import Client

from exchange.briefings.builder import actions, items, words
from exchange.briefings.builder.queries import editions_of
from exchange.briefings.models import Newsletter
from exchange.contributions.actions import withdraw
from exchange.contributions.models import Revision
from tests import cast
from tests.briefings.builder.making import begun, many, shared

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def sent(edition, by) -> Newsletter:
    """On its way: in the archive."""
    actions.release(edition=edition, by=by)
    assert actions.let_out(edition=edition)
    rows = Newsletter.objects.filter(pk=edition.pk)
    rows.update(phase="sent")
    return rows.get()


@pytest.fixture
def edition(amina, beatriz):
    """One in English that tells of two things, with words of its own."""
    shared("experience", amina, "Chiefs against early marriage")
    shared("idea", amina, "A radio hour for grandmothers")
    row = editions_of(begun(beatriz))[0]
    words.change_words(
        edition=row,
        title="Chiefs and radio",
        body="What **stood out** this month.",
        local_title="In Nairobi",
        local="We meet on Friday.",
        by=beatriz,
        version=row.version,
    )
    item = row.items.get(contribution__kind="experience")
    items.introduce(edition=row, item_id=item.pk, intro="Six chiefs tell how.", by=beatriz)
    row.refresh_from_db()
    return row


def test_before_it_is_sent_nobody_but_hosts_sees_it(edition, visitor, amina, beatriz):
    address = edition.get_absolute_url()

    assert visitor.get(address).status_code == 404
    assert cast.signed_in(Client(), amina).get(address).status_code == 404
    assert "Hosts alone" in cast.signed_in(Client(), beatriz).get(address).content.decode()
    assert "Chiefs and radio" not in visitor.get("/newsletters/").content.decode()


def test_its_page_tells_what_the_mail_told(edition, beatriz, visitor):
    row = sent(edition, beatriz)

    page = visitor.get(row.get_absolute_url()).content.decode()

    for words_ in ("<strong>stood out</strong>", "In Nairobi", "We meet on Friday"):
        assert words_ in page
    assert "Six chiefs tell how." in page
    assert "A radio hour for grandmothers" in page
    assert "https://wa.me/?text=" in page
    assert "Chiefs and radio" in visitor.get("/newsletters/").content.decode()


def test_what_is_taken_back_leaves_the_page_at_once(edition, beatriz, amina, visitor):
    row = sent(edition, beatriz)
    item = row.items.get(contribution__kind="experience")

    withdraw(contribution=item.contribution, by=amina)

    page = visitor.get(row.get_absolute_url()).content.decode()
    assert "Chiefs against" not in page
    assert "Six chiefs" not in page
    assert "A radio hour" in page


def test_the_list_and_the_feed_are_narrowed_by_language_and_hub(amina, beatriz, visitor):
    shared("idea", amina, "A radio hour for grandmothers")
    issue = begun(beatriz, languages=("en", "sw"), hubs=(("east-africa", "en"),))
    for number, row in enumerate(editions_of(issue)):
        Newsletter.objects.filter(pk=row.pk).update(title=f"Edition {number}")
        sent(row, beatriz)

    def shown(path):
        return set(re.findall(r"Edition \d", visitor.get(path).content.decode()))

    assert shown("/newsletters/") == {"Edition 0", "Edition 1", "Edition 2"}
    assert shown("/newsletters/?language=sw") == {"Edition 1"}
    assert shown("/newsletters/?hub=east-africa") == {"Edition 2"}
    assert shown("/newsletters/feed.xml?language=sw") == {"Edition 1"}
    first = editions_of(issue)[0]
    assert "East Africa, English" in visitor.get(first.get_absolute_url()).content.decode()


def test_the_feed_is_atom_and_its_links_carry_nothing_along(edition, beatriz, visitor):
    row = sent(edition, beatriz)

    answer = visitor.get("/newsletters/feed.xml")

    assert answer["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(answer.content)
    (entry,) = feed.findall(f"{ATOM}entry")
    link = entry.find(f"{ATOM}link").attrib["href"]
    assert link.endswith(row.get_absolute_url())
    assert "?" not in link


def test_new_words_after_it_was_sent_change_the_page_and_keep_the_old_ones(
    edition, beatriz, visitor
):
    row = sent(edition, beatriz)

    stands = words.change_words(
        edition=row, title=row.title, body="Other words.", by=beatriz, version=row.version,
        local="On Saturday.",
    )  # fmt: skip

    page = visitor.get(row.get_absolute_url()).content.decode()
    assert stands
    assert "Other words." in page
    assert "On Saturday." in page
    assert Newsletter.objects.get(pk=row.pk).phase == "sent"
    kept = Revision.objects.filter(contribution=row.pk).values_list("body", flat=True)
    assert "What **stood out** this month." in kept


def test_withdrawn_it_leaves_the_archive(edition, beatriz, visitor):
    row = sent(edition, beatriz)

    withdraw(contribution=row, by=beatriz)

    assert visitor.get(row.get_absolute_url()).status_code == 404
    assert "Chiefs and radio" not in visitor.get("/newsletters/").content.decode()
    assert "Chiefs and radio" not in visitor.get("/newsletters/feed.xml").content.decode()


def test_the_pages_are_light_and_ask_few_questions(
    amina, beatriz, visitor, django_assert_max_num_queries
):
    rows = many("idea", amina, [f"Idea number {n} for our committees" for n in range(20)])
    issue = begun(beatriz, languages=("en", "sw"))
    row = editions_of(issue)[0]
    for contribution in rows:
        items.add(edition=row, contribution_id=contribution.pk, by=beatriz)
    for one in editions_of(issue):
        sent(one, beatriz)

    for path in (row.get_absolute_url(), "/newsletters/", "/newsletters/feed.xml"):
        with django_assert_max_num_queries(8):
            page = visitor.get(path, headers={"accept-encoding": "gzip"})
        assert page.status_code == 200
        assert len(page.content) <= 14_000
