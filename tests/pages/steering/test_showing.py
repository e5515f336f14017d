"""What people see of what hosts chose: whose words, from when to when, and nothing taken back.
Read by pytest alone."""

import gzip
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from exchange.contributions import actions as contributions
from exchange.contributions import sealing
from exchange.contributions.content import Content
from exchange.contributions.models import Contribution
from exchange.core.page_cache import shelf
from exchange.core.time import now
from exchange.ledger.models import Event
from exchange.members.models import Member
from exchange.pages.models import Choice
from exchange.pages.steering import kept, rules, turning
from tests.library.conftest import shelved
from tests.pages.steering.conftest import Choose

LINE = "Six villages wait for an answer to this."
BAR = "Registration for the learning day closes on Friday."


def page(client: Client, address: str = "/") -> str:
    shelf.clear()
    return client.get(address).content.decode()


def test_the_featured_question_stands_first_with_its_line(
    visitor: Client, question: Contribution, chosen: Choose
) -> None:
    chosen("featured", LINE, contribution=question)

    home = page(visitor)

    assert home.index(LINE) < home.index(question.title) < home.index("Waiting for someone")


@pytest.mark.parametrize("how", ["withdrawn", "sealed"])
def test_what_is_taken_back_vanishes_at_once_with_its_line(
    visitor: Client, question: Contribution, chosen: Choose, amina: Member, how: str
) -> None:
    chosen("featured", LINE, contribution=question)
    chosen("section", LINE, place="questions", contribution=question)
    assert LINE in page(visitor)

    if how == "sealed":
        sealing.seal(contribution=question)
    else:
        contributions.withdraw(contribution=question, by=amina)

    home, section = page(visitor), page(visitor, "/questions/")
    assert question.title not in home + section
    assert LINE not in home


def test_the_theme_brings_its_newest_and_the_way_to_all(
    visitor: Client, question: Contribution, chosen: Choose
) -> None:
    words = {"en": {"title": "Owned by the village", "words": "What keeps groups going?"}}
    chosen("theme", words, topic="community-ownership")

    home = page(visitor)

    theme = home[home.index("Owned by the village") :]
    assert "What keeps groups going?" in theme
    assert theme.index(question.title) < theme.index("/topics/community-ownership/")


def test_readers_get_their_language_else_english_else_the_first(
    visitor: Client, chosen: Choose
) -> None:
    words = {"sw": {"words": "Karibuni"}, "en": {"words": "Welcome all"}}
    chosen("bar", words)
    assert "Karibuni" in page(visitor, "/sw/")
    assert "Welcome all" in page(visitor, "/fr/")

    assert rules.said({"ar": {"words": "أهلا"}}, "fr") == rules.Said("أهلا", "", "ar")
    assert rules.said({}, "fr") is None


def test_words_in_another_script_say_so(visitor: Client, chosen: Choose) -> None:
    chosen("bar", {"ar": {"words": "أهلا بكم"}})

    assert '<p lang="ar" dir="rtl">أهلا بكم</p>' in page(visitor)


def test_an_announcement_of_the_home_stands_nowhere_else(visitor: Client, chosen: Choose) -> None:
    chosen("bar", BAR)

    assert BAR in page(visitor)
    assert BAR in page(visitor, "/sw/")
    assert BAR not in page(visitor, "/about/")


def test_one_for_every_page_stands_over_a_question_and_a_record_too(
    visitor: Client, question: Contribution, chosen: Choose
) -> None:
    chosen("bar", BAR, is_everywhere=True)
    record = shelved("Minutes of twelve committees")

    assert BAR in page(visitor, question.get_absolute_url())
    assert BAR in page(visitor, record.get_absolute_url())


def test_one_for_every_page_does_also_where_something_is_not_found(
    visitor: Client, chosen: Choose
) -> None:
    chosen("bar", BAR, is_everywhere=True, is_important=True, link="/webinars/")

    for address in ("/", "/about/", "/questions/", "/nowhere/"):
        told = page(visitor, address)
        assert BAR in told
        assert '<a href="/webinars/">' in told


def test_its_words_are_never_markup(visitor: Client, chosen: Choose) -> None:
    chosen("bar", "<b onclick=x>Friday</b>", link="/a?b=1&c=2")

    assert "&lt;b onclick=x&gt;Friday" in page(visitor)


def test_days_begin_and_end_without_anybody_changing_anything(
    visitor: Client, chosen: Choose, monkeypatch: Any
) -> None:
    chosen("bar", BAR, starts_at=now() + timedelta(days=1), ends_at=now() + timedelta(days=2))
    assert BAR not in page(visitor)

    for days, stands in ((1.5, True), (2.5, False)):
        later = now() + timedelta(days=days)
        with monkeypatch.context() as clock:
            clock.setattr("exchange.pages.steering.queries.now", lambda at=later: at)
            assert (BAR in page(visitor)) is stands


def test_the_clock_says_when_a_day_has_begun_or_ended(chosen: Choose) -> None:
    ends = now() + timedelta(days=1)
    chosen("bar", BAR, ends_at=ends)

    assert not turning.turn(at=ends - timedelta(minutes=5))
    assert turning.turn(at=ends + timedelta(seconds=30))
    assert not turning.turn(at=ends + timedelta(minutes=5))
    assert Event.objects.filter(kind="home.turned").count() == 1


def test_of_two_the_one_that_began_last_is_shown(visitor: Client, chosen: Choose) -> None:
    chosen("bar", "The first.", starts_at=now() - timedelta(days=3))
    chosen("bar", "The second.", starts_at=now() - timedelta(days=1))

    home = page(visitor)

    assert "The second." in home
    assert "The first." not in home


def test_parts_stand_in_the_order_hosts_chose_and_others_do_not(
    visitor: Client, question: Contribution, chosen: Choose
) -> None:
    assert page(visitor).index("Waiting for someone") < page(visitor).index("By topic")
    chosen("order", items=("topics", "waiting"), ends_at=None)

    home = page(visitor)

    assert home.index("By topic") < home.index("Waiting for someone")
    assert "What people did" not in home


def test_a_section_begins_with_a_line_and_one_thing_on_its_first_page_alone(
    visitor: Client, question: Contribution, chosen: Choose
) -> None:
    chosen("section", LINE, place="questions", contribution=question)

    assert LINE in page(visitor, "/questions/")
    assert LINE in page(visitor, "/sw/questions/")
    assert LINE not in page(visitor, "/questions/?topic=community-ownership")
    assert LINE not in page(visitor, "/experiences/")


@pytest.mark.parametrize("place", ["library", "webinars", "experiences", "briefs"])
def test_every_section_can_begin_with_a_line(visitor: Client, chosen: Choose, place: str) -> None:
    chosen("section", LINE, place=place)

    assert LINE in page(visitor, f"/{place}/")


def test_our_places_elsewhere_stand_as_words_in_the_foot(visitor: Client, chosen: Choose) -> None:
    addresses = ("https://www.facebook.com/exchange", "https://mastodon.example/@exchange")
    chosen("elsewhere", items=addresses, ends_at=None)

    about, contact = page(visitor, "/about/"), page(visitor, "/contact/")

    assert '<a href="https://www.facebook.com/exchange" rel="me noopener">Facebook</a>' in about
    assert ">Mastodon</a>" in about
    assert contact.count("https://mastodon.example/@exchange") >= 2


def test_the_full_home_is_light_and_asks_little(
    visitor: Client,
    amina: Member,
    question: Contribution,
    chosen: Choose,
    django_assert_max_num_queries: Any,
) -> None:
    for kind in ("question", "idea", "discussion", "experience"):
        for number in range(6):
            content = Content(
                title=f"What a group in our district tried, told in some length {kind} {number}",
                body="It took months until the first family came back to the meetings. " * 4,
                topics=("community-ownership",),
                countries=("KE",),
            )
            contributions.submit(kind=kind, content=content, author=amina)
    chosen("featured", LINE, contribution=question)
    words = {"en": {"title": "Owned by the village", "words": "What keeps groups going? " * 8}}
    chosen("theme", words, topic="community-ownership")
    chosen("bar", BAR, is_everywhere=True)
    chosen("elsewhere", items=("https://t.me/exchange",), ends_at=None)
    shelf.clear()
    kept.presume(kept.choices())

    # One more where a process has just begun: what was chosen is read once.
    with django_assert_max_num_queries(7):
        answer = visitor.get("/")

    assert len(gzip.compress(answer.content)) <= 14_000


def test_other_pages_ask_the_database_for_nothing_more(
    visitor: Client, chosen: Choose, django_assert_num_queries: Any
) -> None:
    chosen("bar", BAR, is_everywhere=True)
    kept.presume(kept.choices())
    shelf.clear()

    with django_assert_num_queries(0):
        assert BAR in visitor.get("/offline/").content.decode()


def test_choices_are_known_after_a_commit_in_this_process(chosen: Choose) -> None:
    kept.presume(())

    row = chosen("bar", BAR)

    assert kept.choices() == (row,)
    assert Choice.objects.standing().get() == row


@pytest.mark.parametrize("address", ["/help-now/", "/report/", "/sw/help-now/"])
def test_nothing_stands_before_whom_to_call(visitor: Client, chosen: Choose, address: str) -> None:
    chosen("bar", BAR, is_everywhere=True)

    assert BAR not in page(visitor, address)
