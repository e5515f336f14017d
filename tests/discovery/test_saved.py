"""Searches people keep: how they are kept and changed, and what a look finds.
Run by pytest alone."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from exchange.contributions.actions import submit, withdraw
from exchange.contributions.content import Content
from exchange.contributions.errors import TooMany
from exchange.conversation.models import SavedMatch, SavedSearch
from exchange.core.time import now
from exchange.discovery import forms, saving
from exchange.ledger import registry, worker
from exchange.ledger.actions import enqueue_slot
from exchange.ledger.models import Event
from tests.cast import person, signed_in

pytestmark = pytest.mark.django_db


def kept(member, typed="beekeeping", filters=None, **more) -> SavedSearch:
    given = {"name": "", "level": "each", "cadence": "daily", "most": 5, **more}
    return saving.keep(member=member, asked=forms.Asked(typed, filters or {}), **given)


def said(author, title, topics=(), body="Some words on it."):
    row = submit(
        kind="question", content=Content(title=title, body=body, topics=topics), author=author
    )
    worker.run_until_idle()
    return row


def looked(search, hours=24) -> int:
    """A look the day after, as the clock would do it."""
    return saving.look(search_id=search.pk, moment=now() + timedelta(hours=hours))


def found(search) -> list[str]:
    return [match.contribution.title for match in search.matches.order_by("pk")]


# --- keeping ---


def test_a_search_page_offers_to_tell_of_more_and_keeps_words_and_filters(amina):
    client = signed_in(Client(), amina)
    page = client.get("/search/?q=beekeeping&topic=ethics").content.decode()
    assert "/me/searches/new/?q=beekeeping&amp;topic=ethics" in page

    answer = client.post(
        "/me/searches/new/?q=beekeeping&topic=ethics&nonsense=1&country=ZZ",
        {"name": "Bees", "cadence": "weekly", "most": "3"},
    )

    assert answer["Location"] == "/me/searches/"
    search = SavedSearch.objects.get()
    assert (search.words, search.filters) == ("beekeeping", {"topic": ["ethics"]})
    assert (search.name, search.cadence, search.most) == ("Bees", "weekly", 3)
    assert "Bees" in client.get("/me/searches/").content.decode()


def test_a_visitors_wish_survives_the_sign_in(visitor, amina):
    answer = visitor.get("/me/searches/new/?q=beekeeping")
    assert "next=%2Fme%2Fsearches%2Fnew%2F%3Fq%3Dbeekeeping" in answer["Location"]

    page = signed_in(visitor, amina).get("/me/searches/new/?q=beekeeping").content.decode()

    assert "beekeeping" in page


def test_what_was_typed_wrong_is_kept_in_the_form(amina):
    answer = signed_in(Client(), amina).post(
        "/me/searches/new/?q=bees", {"name": "My bees", "cadence": "hourly", "most": "3"}
    )

    assert answer.status_code == 422
    assert "My bees" in answer.content.decode()


def test_the_same_search_twice_is_one_and_twenty_are_enough(amina):
    assert kept(amina) == kept(amina, cadence="weekly")
    for n in range(saving.MOST_KEPT - 1):
        kept(amina, f"word{n}")

    with pytest.raises(TooMany):
        kept(amina, "one too many")
    assert SavedSearch.objects.count() == saving.MOST_KEPT


def test_its_owner_pauses_goes_on_changes_and_throws_away_and_nobody_else(amina):
    search = kept(amina)
    mine, other = signed_in(Client(), amina), signed_in(Client(), person("Femi"))
    act, change = f"/me/searches/{search.pk}/act/", f"/me/searches/{search.pk}/"
    assert other.post(act, {"what": "forget"}).status_code == 404
    assert other.get(change).status_code == 404

    mine.post(act, {"what": "pause"})
    assert "paused until" in mine.get("/me/searches/").content.decode()
    mine.post(act, {"what": "go-on"})
    mine.post(change, {"name": "Bees", "cadence": "weekly", "most": "20"})
    search.refresh_from_db()
    assert (search.name, search.most, search.is_paused) == ("Bees", 20, False)
    mine.post(act, {"what": "forget"})
    assert not SavedSearch.objects.exists()


def test_a_library_list_that_is_narrowed_offers_the_same(visitor):
    assert "/me/searches/new/" not in visitor.get("/library/").content.decode()
    page = visitor.get("/library/?topic=ethics").content.decode()
    assert "/me/searches/new/?kind=resource&amp;topic=ethics" in page
    # Search knows no regions: it would tell of everything.
    assert "/me/searches/new/" not in visitor.get("/library/?region=east-africa").content.decode()


# --- looking ---


def test_a_look_finds_what_holds_all_words_and_came_since(amina):
    femi = person("Femi", welcomed_at=now())
    said(femi, "Beekeeping before")
    search = kept(amina, "beekeeping widows")
    said(femi, "Beekeeping alone")
    said(femi, "Widows who began beekeeping")

    assert looked(search) == 1
    assert found(search) == ["Widows who began beekeeping"]


def test_filters_alone_find_all_that_is_new_under_them(amina):
    femi = person("Femi", welcomed_at=now())
    search = kept(amina, "", {"topic": ("ethics",)})
    said(femi, "On ethics", topics=("ethics",))
    said(femi, "On nothing")

    looked(search)

    assert found(search) == ["On ethics"]


def test_a_word_nobody_has_written_finds_nothing_instead_of_everything(amina):
    femi = person("Femi", welcomed_at=now())
    search = kept(amina, "quokkatea beekeeping")
    said(femi, "Beekeeping")

    assert looked(search) == 0

    said(femi, "Quokkatea and beekeeping")
    assert looked(search, hours=48) == 1


def test_a_filter_whose_term_is_gone_finds_nothing_instead_of_everything(amina):
    search = kept(amina, "", {"topic": ("ethics",)})
    SavedSearch.objects.update(filters={"topic": ["no-such-topic"]})
    said(person("Femi", welcomed_at=now()), "On anything")

    assert looked(search) == 0


def test_found_twice_it_is_told_once(amina):
    search = kept(amina)
    said(person("Femi", welcomed_at=now()), "Beekeeping")

    assert looked(search) == 1
    SavedSearch.objects.update(looked_at=search.created_at, next_at=now())
    assert looked(search) == 0
    assert Event.objects.filter(kind="search.matched").count() == 1


def test_what_reached_the_index_after_the_last_look_is_found_by_the_next(amina):
    search = kept(amina)
    said(person("Femi", welcomed_at=now()), "Beekeeping")
    # It was looked at a minute after the publication, before the index had it.
    moment = now() + timedelta(minutes=1)
    SavedSearch.objects.update(looked_at=moment, next_at=moment)

    assert looked(search) == 1


def test_own_words_are_no_news(amina):
    search = kept(amina)
    said(amina, "Beekeeping")

    assert looked(search) == 0


def test_what_is_not_out_or_out_no_more_is_not_found(amina, beatriz, chen):
    search = kept(amina)
    said(chen, "Beekeeping that waits")
    row = said(person("Femi", welcomed_at=now()), "Beekeeping withdrawn")
    withdraw(contribution=row, by=beatriz)

    assert looked(search) == 0


@pytest.mark.parametrize(("hours", "times"), [(20, 0), (24, 1)])
def test_a_daily_search_is_looked_at_once_a_day(amina, hours, times):
    kept(amina)
    said(person("Femi", welcomed_at=now()), "Beekeeping")

    assert saving.look_due(moment=now() + timedelta(hours=hours)) == times


def test_what_is_paused_or_stopped_is_not_looked_at_and_nothing_is_lost(amina):
    search = kept(amina)
    said(person("Femi", welcomed_at=now()), "Beekeeping")
    for hold in (saving.pause, saving.stop):
        hold(search=search)
        assert looked(search) == 0

    saving.go_on(search=search)

    assert looked(search) == 1


def test_the_clock_looks_by_itself(amina):
    search = kept(amina)
    said(person("Femi", welcomed_at=now()), "Beekeeping")

    with time_machine.travel(now() + timedelta(days=1)):
        enqueue_slot(registry.clocks["discovery.look_again"], now=now())
        worker.run_until_idle()

    assert found(search) == ["Beekeeping"]


def test_a_look_that_breaks_off_leaves_no_half_of_it(amina, monkeypatch):
    search = kept(amina)
    said(person("Femi", welcomed_at=now()), "Beekeeping")

    def killed(*_args, **_kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(SavedMatch.objects, "bulk_create", killed)
    with pytest.raises(KeyboardInterrupt):
        looked(search)
    monkeypatch.undo()

    assert not Event.objects.filter(kind="search.matched").exists()
    assert looked(search) == 1
