"""Notices: what, where, when and whose; their list, their cards, their calendar, their end.
Run by pytest alone."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from exchange.contributions.actions import accept_revision, revise, submit
from exchange.contributions.bymail.notices import said_of
from exchange.contributions.cards import card
from exchange.contributions.content import Content
from exchange.contributions.forms import NoticeForm
from exchange.contributions.models import Notice, Revision
from exchange.core.time import now
from exchange.members.models import Member
from exchange.organisations import actions as organisations
from exchange.organisations.models import Organisation
from tests import cast

pytestmark = pytest.mark.django_db


def _day(days: int) -> date:
    return now().date() + timedelta(days=days)


def _typed(**more: object) -> dict[str, object]:
    return {
        "title": "Meeting of volunteers",
        "organisation": "Umoja wa Watoto",
        "sort": "event",
        "place": "Kisumu",
        "starts_on": _day(20).isoformat(),
        "ends_on": _day(22).isoformat(),
        "body": "Come and tell what you learned.",
        "language": "en",
        "countries": "KE",
        "once": "abc",
        **more,
    }


def _put_up(author: Member, **more: object) -> Notice:
    form = NoticeForm(_typed(**more))
    assert form.is_valid(), form.errors
    row = submit(kind="notice", content=form.content(), author=author, once_key="")
    return Notice.objects.get(pk=row.pk)


@pytest.fixture
def umoja(amina, beatriz) -> Organisation:
    row = organisations.propose(name="Umoja wa Watoto", by=beatriz, works_there=False)
    asked = organisations.ask_to_speak(organisation=row, member=amina, words="I lead it.")
    organisations.accept_speaker(belonging=asked, by=beatriz)
    return row


def test_a_notice_says_what_where_and_when_and_leaves_after_its_last_day(amina):
    row = _put_up(amina)
    assert (row.sort, row.place, row.last_day) == ("event", "Kisumu", _day(22))
    assert row.expires_at.date() == _day(22)
    first = card(row).context[0].text
    assert first.startswith("Event · Kisumu · ")


def test_an_event_needs_a_day_and_days_in_their_order():
    assert "starts_on" in NoticeForm(_typed(starts_on="", ends_on="")).errors
    assert "ends_on" in NoticeForm(_typed(ends_on=_day(3).isoformat())).errors
    assert "until" in NoticeForm(_typed(until=_day(400).isoformat())).errors
    assert NoticeForm(_typed(until=_day(360).isoformat())).is_valid()
    assert NoticeForm(_typed(sort="call", starts_on="", ends_on="")).is_valid()


def test_it_stands_on_the_page_of_whom_its_author_speaks_for(client, amina, umoja):
    row = _put_up(amina, organisation="UMOJA wa watoto")
    assert row.by_organisation == umoja
    page = client.get(row.get_absolute_url()).content.decode()
    assert umoja.get_absolute_url() in page


def test_nobody_else_speaks_for_it(umoja):
    row = _put_up(cast.person("Femi", welcomed_at=now(), accepted_at=now()))
    assert row.by_organisation is None
    assert row.organisation == "Umoja wa Watoto"


def test_the_form_begins_with_whose_page_one_looks_after(client, amina, umoja):
    cast.signed_in(client, amina)
    page = client.get(reverse("contributions:share-notice")).content.decode()
    assert 'value="Umoja wa Watoto"' in page
    assert "say how you keep children safe" in page


def test_a_change_that_waits_keeps_its_days_until_a_host_lets_it_out(amina, beatriz):
    row = _put_up(amina)
    Member.objects.filter(pk=amina.pk).update(welcomed_at=None, accepted_at=None)
    amina.refresh_from_db()
    form = NoticeForm(_typed(place="Mombasa", starts_on=_day(30).isoformat(), ends_on=""))
    assert form.is_valid()
    assert not revise(contribution=row, content=form.content(), by=amina, version=1)
    row.refresh_from_db()
    assert row.place == "Kisumu"
    accept_revision(revision=Revision.objects.get(state="waiting"), by=beatriz)
    row.refresh_from_db()
    assert (row.place, row.starts_on, row.ends_on) == ("Mombasa", _day(30), None)
    assert row.organisation == "Umoja wa Watoto"


def test_the_place_is_read_by_the_gates():
    content = Content(title="Call", parts={"place": "Ring 0772 123456"})
    assert "0772" in content.whole


def test_the_list_is_narrowed_and_says_what_comes_soonest(
    client, amina, django_assert_max_num_queries
):
    later = _put_up(amina, title="Later")
    _put_up(amina, title="A post", sort="vacancy", starts_on="", ends_on="")
    sooner = _put_up(amina, title="Sooner", starts_on=_day(2).isoformat(), ends_on="")
    listing = reverse("contributions:notice-list")
    with django_assert_max_num_queries(8):
        shown = client.get(listing, {"sort": "vacancy"}).context["cards"]
    assert [one.title for one in shown] == ["A post"]
    both = client.get(listing, {"sort": "event", "country": "KE"}).context["cards"]
    assert {one.title for one in both} == {"Later", "Sooner"}
    soonest = client.get(listing, {"soonest": "1"}).context["cards"]
    assert [one.id for one in soonest] == [sooner.pk, later.pk]


def test_its_days_go_into_a_calendar_and_leave_with_it(client, amina):
    row = _put_up(amina)
    address = reverse("notice-ics", args=[row.pk])
    kept = client.get(address).content.decode()
    assert f"DTSTART;VALUE=DATE:{_day(20):%Y%m%d}" in kept
    assert f"DTEND;VALUE=DATE:{_day(23):%Y%m%d}" in kept
    Notice.objects.filter(pk=row.pk).update(state="withdrawn")
    assert client.get(address).status_code == 404


def test_an_old_notice_without_a_day_has_no_calendar(client, amina):
    row = _put_up(amina, sort="", place="", starts_on="", ends_on="")
    assert client.get(reverse("notice-ics", args=[row.pk])).status_code == 404
    assert client.get(row.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Place: Kisumu\nDate: 2027-03-03 to 2027-03-05\nKind: event\n\nCome!", "event"),
        ("Mahali: Kisumu\nTarehe: 2027-03-03 hadi 2027-03-05\nAina: mkutano", "event"),
        ("Lieu : Kisumu\nDates : 2027-03-03 au 2027-03-05\nType : poste", "vacancy"),
    ],
)
def test_a_mail_says_it_in_lines_of_its_own(words, said):
    found = said_of(words)
    assert found["place"] == "Kisumu"
    assert (found["starts_on"], found["ends_on"]) == ("2027-03-03", "2027-03-05")
    assert found["sort"] == said
