"""The newsletter as a mail: light, in its language, nothing remote, nothing that tells who looked.
Run by pytest alone."""

import re

import pytest

from exchange.briefings.builder import message, rules, words
from exchange.briefings.builder.addresses import short_address
from exchange.briefings.builder.paper import letter
from exchange.briefings.builder.queries import editions_of
from exchange.briefings.models import Item
from exchange.contributions.actions import withdraw
from exchange.contributions.models import Contribution
from exchange.mail.paper import LARGEST_PAGE
from tests.briefings.builder.making import begun, many, shared

pytestmark = pytest.mark.django_db
LONG = (
    "What six villages did in one year against early marriage, who led it, and what changed"
    " for the girls who stayed at school when the rains failed and the prices rose again"
)


def full(edition, author, count, *, language="en", intro="", title=LONG):
    titles = [f"{title} {number}" for number in range(count)]
    rows = many("idea", author, titles, language=language, countries="KE TZ")
    Item.objects.bulk_create(
        Item(newsletter=edition, contribution=row, section="talk", place=place, intro=intro)
        for place, row in enumerate(rows)
    )


@pytest.mark.parametrize(
    ("language", "title"),
    [("en", LONG), ("ar", "ما فعلته ست قرى في سنة واحدة ضد الزواج المبكر ومن قاده وما تغير بعده")],
)
def test_as_many_items_as_a_host_may_put_in_still_make_a_light_page(
    amina, beatriz, language, title
):
    edition = editions_of(begun(beatriz, languages=(language,)))[0]
    long = title * 4
    full(edition, amina, rules.MOST_ITEMS, language=language, title=title,
         intro=long[: rules.LONGEST_INTRO])  # fmt: skip
    words.change_words(
        edition=edition, title=title[:100], body=(title + "\n\n") * 20, by=beatriz,
        version=edition.version, local=(title + "\n\n") * 9, local_title=title[:100],
    )  # fmt: skip
    edition.refresh_from_db()

    page = letter(edition).html

    assert 0 < len(page.encode()) <= LARGEST_PAGE - 1_000
    assert page.count("<h2") >= rules.MOST_ITEMS
    assert "<img" not in page
    assert not re.search(r'href="[^"]*\?', page)


def test_it_speaks_the_language_of_its_edition_and_says_which_language_a_thing_is_in(
    amina, beatriz
):
    shared("experience", amina, "Une heure de radio", language="fr", countries_of=("KE",))
    edition = editions_of(begun(beatriz, languages=("sw",)))[0]

    made = letter(edition)

    assert "/sw/experiences/" in made.text
    assert "Kifaransa" in made.text
    assert made.language == "sw"
    assert 'lang="fr"' in made.html


def test_the_message_is_as_long_as_a_message_may_be(amina, beatriz):
    edition = editions_of(begun(beatriz))[0]
    full(edition, amina, 14)

    said = message.message(edition)

    assert len(said) <= rules.LONGEST_MESSAGE
    assert said.startswith(f"*{edition.title}*")
    assert said.endswith(f"/newsletters/{edition.pk}--/")
    assert 3 <= said.count("/ideas/") < 14


def test_short_links_lead_to_the_page(amina, beatriz, visitor):
    row = shared("idea", amina, "A radio hour for grandmothers")

    answer = visitor.get(short_address(row).removeprefix("http://testserver"))

    assert answer.status_code in (301, 302)
    assert answer["Location"].endswith(Contribution.objects.get(pk=row.pk).get_absolute_url())


def test_what_is_taken_back_leaves_a_message_that_hosts_wrote(amina, beatriz):
    row = shared("idea", amina, "A radio hour for grandmothers")
    edition = editions_of(begun(beatriz))[0]
    said = message.message(edition).replace("All of it", "Everything")
    words.change_words(
        edition=edition, title=edition.title, body="", by=beatriz, version=edition.version,
        message=said,
    )  # fmt: skip
    edition.refresh_from_db()
    assert "/ideas/" in message.message(edition)

    withdraw(contribution=row, by=amina)

    left = message.message(edition)
    assert "grandmothers" not in left
    assert "/ideas/" not in left
    assert "Everything" in left


def test_a_question_that_was_answered_meanwhile_stands_with_the_answered(amina, beatriz):
    row = shared("question", amina, "Who has worked at bus stations?")
    edition = editions_of(begun(beatriz))[0]
    assert "Who can answer?" in letter(edition).text

    Contribution.objects.filter(pk=row.pk).update(reply_count=1)

    assert "Who can answer?" not in letter(edition).text
    assert "Answered questions" in letter(edition).text
