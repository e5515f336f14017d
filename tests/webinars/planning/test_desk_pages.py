"""Hosts plan on pages: a new one, its hour, announcing, moving, calling off, people. Run by pytest."""

from datetime import timedelta

import pytest
from django.test import Client

from exchange.contributions.actions import publish
from exchange.core.time import now
from exchange.webinars.models import Phase, Presenter, TeamMember, Webinar
from exchange.webinars.planning import looking_after
from tests import cast
from tests.webinars.conftest import planned

DESK = "/desk/webinars/"


@pytest.fixture
def desk(beatriz):
    type(beatriz).objects.filter(pk=beatriz.pk).update(country="PT")
    return cast.signed_in(Client(), beatriz)


@pytest.fixture
def at_home(amina):
    return cast.signed_in(Client(), amina)


def typed(**more):
    day = (now() + timedelta(days=20)).date()
    return {
        "title": "Talking with fathers",
        "body": "What helped, and what did not.",
        "language": "en",
        "day": f"{day}",
        "hour": "15:00",
        "zone": "Africa/Nairobi",
        "minutes": "90",
        "spoken": "sw",
        "spoken_too": "en",
        "hub": "east-africa",
        "topics": ["parenting"],
        "engine": "none",
        "has_sound": "on",
        "once": "one-form",
        **more,
    }


def test_a_host_plans_looks_and_announces(desk, visitor):
    desk.post(DESK + "new/", typed())
    desk.post(DESK + "new/", typed())

    webinar = Webinar.objects.get()
    assert f"{webinar.starts_at:%H:%M}" == "12:00"
    assert (webinar.minutes, webinar.spoken, webinar.wall[-5:]) == (90, "sw en", "15:00")
    assert visitor.get(webinar.get_absolute_url()).status_code == 404
    look = desk.get(f"{DESK}{webinar.pk}/announce/").content.decode()
    assert "15:00" in look
    desk.post(f"{DESK}{webinar.pk}/announce/")
    assert visitor.get(webinar.get_absolute_url()).status_code == 200
    assert Webinar.objects.get().phase == Phase.OPEN


def test_what_is_missing_is_said_and_what_was_typed_stays(desk):
    answer = desk.post(DESK + "new/", typed(title="", day="2020-01-01"))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "What helped, and what did not." in page
    assert page.count('role="alert"') >= 1
    assert not Webinar.objects.exists()


@pytest.mark.parametrize(
    ("day", "hour", "zone"),
    [("2027-04-30", "00:30", "Africa/Cairo"), ("2027-03-28", "01:30", "Europe/Lisbon")],
)
def test_an_hour_that_does_not_exist_is_asked_back(desk, day, hour, zone):
    answer = desk.post(DESK + "new/", typed(day=day, hour=hour, zone=zone))

    assert answer.status_code == 422
    assert 'href="#id_hour"' in answer.content.decode()
    assert not Webinar.objects.exists()


def test_an_hour_that_comes_twice_is_asked_back_and_chosen(desk):
    twice = typed(day="2027-10-31", hour="01:30", zone="Europe/Lisbon")
    asked = desk.post(DESK + "new/", twice)
    assert asked.status_code == 422
    assert 'value="second"' in asked.content.decode()

    desk.post(DESK + "new/", {**twice, "which": "second"})

    assert f"{Webinar.objects.get().starts_at:%Y-%m-%d %H:%M}" == "2027-10-31 01:30"


@pytest.mark.parametrize("page", ["", "new/", "{pk}/", "{pk}/words/", "{pk}/time/", "{pk}/team/"])
def test_only_hosts_open_these_pages(desk, at_home, visitor, webinar, page):
    address = DESK + page.format(pk=webinar.pk)

    assert desk.get(address).status_code == 200
    assert at_home.get(address).status_code == 404
    assert visitor.get(address).status_code == 302


@pytest.mark.parametrize("page", ["{pk}/announce/", "{pk}/cancel/", "series/"])
def test_only_hosts_announce_and_call_off(desk, at_home, webinar, page):
    address = DESK + page.format(pk=webinar.pk)

    assert desk.get(address).status_code == 200
    assert at_home.post(address, {"why": "No."}).status_code == 404
    assert Webinar.objects.get().phase == Phase.OPEN


def test_a_move_is_shown_before_it_is_made(desk, visitor, webinar):
    day = (webinar.starts_at + timedelta(days=3)).date()
    change = {"day": f"{day}", "hour": "09:00", "zone": "Africa/Nairobi", "minutes": "60"}

    look = desk.post(f"{DESK}{webinar.pk}/time/", change)
    assert Webinar.objects.get().starts_at == webinar.starts_at
    assert 'name="sure"' in look.content.decode()
    desk.post(f"{DESK}{webinar.pk}/time/", {**change, "sure": "1"})

    moved = Webinar.objects.get()
    assert (f"{moved.starts_at:%H:%M}", moved.sequence) == ("06:00", 1)
    assert "<s>" in visitor.get(webinar.get_absolute_url()).content.decode()


def test_words_and_settings_change(desk, visitor, webinar):
    answer = desk.post(
        f"{DESK}{webinar.pk}/words/",
        typed(title="Talking with mothers", version=webinar.version, capacity="30"),
    )

    assert answer.status_code == 302
    assert Webinar.objects.get().capacity == 30
    assert (
        "Talking with mothers"
        in visitor.get(Webinar.objects.get().get_absolute_url()).content.decode()
    )


def test_another_host_was_faster_with_the_words(desk, webinar):
    answer = desk.post(f"{DESK}{webinar.pk}/words/", typed(title="Other", version="99"))

    assert answer.status_code == 409
    assert Webinar.objects.get().title == webinar.title


def test_calling_off_tells_why_on_the_page(desk, visitor, webinar):
    empty = desk.post(f"{DESK}{webinar.pk}/cancel/", {"why": ""})
    desk.post(f"{DESK}{webinar.pk}/cancel/", {"why": "Floods closed the roads."})

    page = visitor.get(webinar.get_absolute_url()).content.decode()
    assert empty.status_code == 422
    assert "Floods closed the roads." in page
    assert "EventCancelled" in page


def test_a_link_elsewhere_is_needed_and_never_shown(desk, visitor, webinar):
    missing = desk.post(f"{DESK}{webinar.pk}/words/", typed(engine="link", version=webinar.version))
    link = "https://zoom.example/j/123?pwd=secret"
    desk.post(
        f"{DESK}{webinar.pk}/words/",
        typed(engine="link", engine_link=link, version=webinar.version),
    )

    assert missing.status_code == 422
    row = Webinar.objects.get()
    assert row.engine_link == link
    assert "zoom.example" not in visitor.get(row.get_absolute_url()).content.decode()


def test_people_are_asked_and_given_tasks(desk, webinar, amina):
    team = f"{DESK}{webinar.pk}/team/"

    desk.post(team, {"do": "ask", "name": "Amina", "email": amina.email})
    desk.post(team, {"do": "task", "email": amina.email, "task": "helper"})
    nobody = desk.post(team, {"do": "task", "email": "x@example.org", "task": "helper"})

    asked, task = Presenter.objects.get(), TeamMember.objects.get()
    assert (asked.member, asked.email, asked.is_shown) == (amina, "", False)
    assert (task.member, task.task) == (amina, "helper")
    assert nobody.status_code == 422
    desk.post(team, {"do": "untask", "pk": task.pk})
    desk.post(team, {"do": "off", "pk": asked.pk})
    assert not TeamMember.objects.exists()
    assert Presenter.objects.get().answer == Presenter.Answer.DECLINED


def test_a_series_is_begun_and_read_once_something_stands_in_it(desk, visitor, beatriz):
    desk.post(DESK + "series/", {"title": "Fathers and care", "words": "Once a month."})
    assert visitor.get("/webinars/series/fathers-and-care/").status_code == 404

    webinar = planned(beatriz)
    desk.post(
        f"{DESK}{webinar.pk}/words/",
        typed(
            version=webinar.version, series=str(Webinar.series.field.related_model.objects.get().pk)
        ),
    )

    page = visitor.get("/webinars/series/fathers-and-care/").content.decode()
    assert "Once a month." in page
    assert "Talking with fathers" in page


def test_the_overview_asks_as_often_for_one_as_for_thirty(
    desk, beatriz, django_assert_max_num_queries
):
    planned(beatriz)
    with django_assert_max_num_queries(8):
        desk.get(DESK)
    for number in range(30):
        planned(beatriz, title=f"Hour {number}")
    with django_assert_max_num_queries(8):
        assert "Hour 29" in desk.get(DESK).content.decode()


# --- words that a gate notices ---

POINTS = "The case of Maria, 9 years old, from Kibera. Call +254 712 345678."


def test_words_that_point_to_a_child_wait_for_another_host(desk, visitor, desta):
    desk.post(DESK + "new/", typed(body=POINTS))
    webinar = Webinar.objects.get()
    address = f"{DESK}{webinar.pk}/announce/"

    shown = desk.post(address)
    assert shown.status_code == 422
    assert 'name="insist"' in shown.content.decode()
    assert Webinar.objects.get().state == "draft"
    desk.post(address, {"insist": "1"})
    assert visitor.get(webinar.get_absolute_url()).status_code == 404

    waiting = Webinar.objects.get()
    assert waiting.state == "waiting"
    publish(contribution=waiting, by=desta, version=waiting.version)
    assert looking_after.open_due(moment=now()) == 1
    assert Webinar.objects.get().phase == Phase.OPEN


def test_a_change_that_points_to_a_child_leaves_the_words_that_stand(desk, visitor, webinar):
    change = typed(body=POINTS, version=webinar.version, capacity="25")

    shown = desk.post(f"{DESK}{webinar.pk}/words/", change)
    desk.post(f"{DESK}{webinar.pk}/words/", {**change, "insist": "1"})

    assert shown.status_code == 422
    row = Webinar.objects.get()
    assert (row.body, row.capacity) == (webinar.body, 25)
    assert "Maria" not in visitor.get(row.get_absolute_url()).content.decode()


def test_what_is_said_of_a_presenter_is_read_by_the_gates(desk, webinar):
    team = f"{DESK}{webinar.pk}/team/"
    asked = {"do": "ask", "name": "Okello", "email": "o@example.org"}

    refused = desk.post(team, {**asked, "words": POINTS})
    assert refused.status_code == 422
    assert not Presenter.objects.exists()
    desk.post(team, {**asked, "words": "Works with village committees."})

    assert Presenter.objects.get().words == "Works with village committees."


def test_a_zone_whose_name_is_gone_is_chosen_anew_and_its_words_still_change(desk, webinar):
    Webinar.objects.update(zone="Africa/Gone")

    page = desk.get(f"{DESK}{webinar.pk}/time/").content.decode()
    day = (now() + timedelta(days=9)).date()
    saved = desk.post(
        f"{DESK}{webinar.pk}/words/", typed(version=webinar.version, opens_on=f"{day}")
    )

    assert "choose a city" in page
    assert saved.status_code == 302
    assert f"{Webinar.objects.get().opens_at:%H:%M}" == "08:00"


@pytest.mark.parametrize("has_sound", [True, False])
def test_its_page_leads_to_every_tool_there_is_and_each_tool_leads_back(desk, webinar, has_sound):
    Webinar.objects.update(has_sound=has_sound)
    own, hour = f"{DESK}{webinar.pk}/", f"/webinars/{webinar.pk}/live/"

    page = desk.get(own).content.decode()

    at_desk = [own + name for name in ("words/", "time/", "team/", "seats/", "reminders/", "room/")]
    for address in (*at_desk, f"{own}slides/", f"{hour}lanes/"):
        assert f'href="{address}"' in page
        assert f'href="{own}"' in desk.get(address).content.decode(), address
    assert (f'href="{hour}sending/"' in page) is has_sound


def test_the_language_offered_first_is_its_own_then_another_that_is_spoken(desk, webinar):
    Webinar.objects.update(language="sw", spoken="sw fr")
    lanes = f"/webinars/{webinar.pk}/live/lanes/"

    first = desk.get(lanes).content.decode()
    desk.post(lanes, {"language": "sw"})
    second = desk.get(lanes).content.decode()

    assert '<option value="sw" selected>' in first
    assert '<option value="fr" selected>' in second
