"""The mail about what is new for a kept search: one, short, once, stopped by a tap, and without
what was taken back. Run by pytest alone."""

from datetime import timedelta

import pytest
from django.test import Client

from exchange.alerts import saved
from exchange.alerts.models import Waiting
from exchange.alerts.telling import looking
from exchange.alerts.telling.queries import is_told, mails_this_week
from exchange.alerts.wishing.actions import set_wishes, stop_all
from exchange.contributions.actions import withdraw
from exchange.contributions.models import Contribution
from exchange.conversation.models import SavedMatch, SavedSearch
from exchange.core.time import now
from exchange.discovery import saving
from exchange.ledger.models import Delivery, Event
from exchange.mail.headers import stop_page
from exchange.mail.models import OutgoingMail
from exchange.mail.tokens import What
from exchange.members import dossier
from tests.cast import person
from tests.discovery.test_saved import kept, looked, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def femi(db):
    return person("Femi", welcomed_at=now())


@pytest.fixture
def search(amina) -> SavedSearch:
    return kept(amina)


def about_search(mails):
    return [one for one in mails if one.item.startswith("search:")]


def test_the_mail_says_what_is_new_why_it_came_and_how_to_stop_it(search, amina, femi, mails):
    row = said(femi, "Beekeeping with elders")
    looked(search)

    (mail,) = about_search(mails(amina))

    assert mail.subject == "New for a search of yours"
    for words in (
        "New since we last looked: beekeeping",
        row.title,
        f"http://testserver{row.get_absolute_url()}",
        "You get this because you asked us to watch this search.",
        stop_page(what=What.STOP_SEARCH, person=amina.pk, item=search.pk),
    ):
        assert words in mail.text
    assert mail.headers["List-Unsubscribe"].startswith("<http://testserver/mail/stop/")
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_what_was_told_for_a_search_is_told_by_nothing_else(search, amina, femi, mails):
    row = said(femi, "Beekeeping with elders")
    looked(search)
    mails(amina)

    assert is_told(amina, f"contribution:{row.pk}")
    assert mails_this_week(amina, now()) == 1


def test_a_search_that_comes_with_the_digest_has_no_mail_of_its_own(amina, femi, mails):
    search = kept(amina, level="digest")
    said(femi, "Beekeeping with elders")

    assert looked(search) == 1

    assert about_search(mails(amina)) == []
    assert search.matches.count() == 1


def test_when_the_week_is_full_what_was_found_waits_for_the_digest(search, amina, femi, mails):
    set_wishes(member=amina, most_a_week=0)
    row = said(femi, "Beekeeping with elders")
    looked(search)

    assert about_search(mails(amina)) == []
    assert Waiting.objects.get().item == f"contribution:{row.pk}"


def test_who_stopped_all_mail_is_told_of_no_search(search, amina, femi, mails):
    stop_all(member=amina)
    said(femi, "Beekeeping with elders")
    looked(search)

    assert about_search(mails(amina)) == []
    assert not Waiting.objects.exists()


def test_who_wishes_no_words_is_told_only_that_something_is_new(search, amina, femi, mails):
    set_wishes(member=amina, content="notice")
    said(femi, "Beekeeping with elders")
    looked(search)

    (mail,) = about_search(mails(amina))

    assert "eekeeping" not in mail.subject + mail.text + mail.html


@pytest.mark.parametrize(
    ("meanwhile", "code"),
    [
        (lambda search: None, ""),
        (lambda search: saving.stop(search=search), "not-followed"),
        (lambda search: stop_all(member=search.member), "stopped"),
    ],
)
def test_the_last_look_asks_whether_the_search_is_still_watched(
    search, amina, femi, mails, meanwhile, code
):
    said(femi, "Beekeeping with elders")
    looked(search)
    (mail,) = about_search(mails(amina))

    meanwhile(search)

    assert looking.why_no_search(mail) == code


def test_a_mail_holds_no_more_than_was_wished_and_says_how_many_more_there_are(amina, femi, mails):
    search = kept(amina, most=3)
    for n in range(5):
        said(femi, f"Beekeeping {n}")
    looked(search)

    (mail,) = about_search(mails(amina))

    assert mail.text.count("/questions/") == 3
    assert "And 2 more:" in mail.text


def test_a_mail_of_long_titles_in_any_script_stays_under_twenty_kilobytes(amina, femi, mails):
    search = kept(amina, most=20)
    for n in range(20):
        row = said(femi, f"Beekeeping {n}")
        Contribution.objects.filter(pk=row.pk).update(title="ሀ" * 200, slug=f"{n}" + "ሀ" * 59)
    looked(search)

    (mail,) = about_search(mails(amina))

    assert len(mail.text.encode()) * 4 / 3 < 20_000
    assert "more:" in mail.text


def test_it_is_written_in_the_language_its_reader_prefers(search, amina, femi, mails):
    amina.languages = "sw en"
    amina.save(update_fields=["languages"])
    said(femi, "Beekeeping")
    looked(search)

    (mail,) = about_search(mails(amina))

    assert mail.language == "sw"
    assert "/sw/mail/stop/" in mail.text


def test_who_died_between_the_match_and_the_mail_leaves_one_mail_behind(search, amina, femi, mails):
    said(femi, "Beekeeping")
    looked(search)
    event = Event.objects.get(kind="search.matched")
    # The worker wrote the mail and died before it could say so.
    saved.tell(search_id=search.pk, event_id=event.pk)
    assert Delivery.objects.filter(event=event, consumer="alerts.tell_searcher").count() == 1

    assert len(about_search(mails(amina))) == 1


def test_what_was_withdrawn_before_the_mail_was_written_is_not_in_it(
    search, amina, femi, beatriz, mails
):
    gone, stays = said(femi, "Beekeeping gone"), said(femi, "Beekeeping stays")
    looked(search)
    withdraw(contribution=gone, by=beatriz)

    (mail,) = [one for one in about_search(mails(amina)) if one.state == "sent"]

    assert stays.title in mail.text
    assert gone.title not in mail.text


def test_a_mail_that_has_not_gone_is_written_anew_without_what_was_withdrawn(
    search, amina, femi, beatriz, mails
):
    gone, stays = said(femi, "Beekeeping gone"), said(femi, "Beekeeping stays")
    looked(search)
    event = Event.objects.get(kind="search.matched")
    saved.tell(search_id=search.pk, event_id=event.pk)

    withdraw(contribution=gone, by=beatriz)
    first, second = about_search(mails(amina))

    assert (first.state, first.text) == ("dropped", "")
    assert second.state == "sent"
    assert stays.title in second.text
    assert gone.title not in second.text


def test_a_mail_about_that_alone_never_goes(search, amina, femi, beatriz, mails):
    gone = said(femi, "Beekeeping gone")
    looked(search)
    event = Event.objects.get(kind="search.matched")
    saved.tell(search_id=search.pk, event_id=event.pk)

    withdraw(contribution=gone, by=beatriz)

    assert [(one.state, one.text) for one in about_search(mails(amina))] == [("dropped", "")]


def test_of_a_mail_that_went_no_word_of_it_is_kept_here(search, amina, femi, beatriz, mails):
    gone = said(femi, "Beekeeping gone")
    looked(search)
    assert about_search(mails(amina))[0].state == "sent"

    withdraw(contribution=gone, by=beatriz)

    assert [one.text for one in about_search(mails(amina))] == [""]


def test_who_paused_or_stopped_or_left_gets_none(search, amina, femi, mails):
    said(femi, "Beekeeping")
    looked(search)
    saving.stop(search=search)

    assert about_search(mails(amina)) == []


def test_one_tap_from_a_mail_stops_it_without_a_sign_in_or_a_cookie(search, visitor):
    address = f"/search/kept/{search.token}/"
    strict = Client(enforce_csrf_checks=True)
    page = visitor.get(address)
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    search.refresh_from_db()
    assert search.stopped_at is None

    answer = strict.post(address, {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    search.refresh_from_db()
    assert search.stopped_at is not None


def test_the_same_page_pauses_for_a_month(search, visitor):
    visitor.post(f"/search/kept/{search.token}/", {"what": "pause"})

    search.refresh_from_db()
    assert search.paused_until > now() + timedelta(days=29)
    assert visitor.get("/search/kept/no-such-token/").status_code == 404


def test_neutral_subjects_stay_neutral(search, amina, femi, mails):
    amina.neutral_subjects = True
    amina.save(update_fields=["neutral_subjects"])
    said(femi, "Beekeeping")
    looked(search)

    assert about_search(mails(amina))[0].subject == "A message for you"


def test_who_is_forgotten_leaves_no_search_behind(search, amina, femi):
    assert "beekeeping" in str(dossier.export(amina))
    said(femi, "Beekeeping")
    looked(search)

    dossier.erase(amina)

    assert not SavedSearch.objects.exists()
    assert not SavedMatch.objects.exists()
    assert not OutgoingMail.objects.filter(purpose="digest").exclude(text="").exists()
