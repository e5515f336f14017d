"""Webinars in the rest of the house: search, alerts, pages of a place, the desk. Run by pytest."""

import pytest
from django.test import Client
from django.urls import reverse

from exchange.alerts.digests import placing
from exchange.alerts.models import Level, Watch
from exchange.contributions.actions import withdraw
from exchange.contributions.content import Content
from exchange.contributions.models import Contribution
from exchange.core.time import now
from exchange.ledger import worker
from exchange.mail.models import OutgoingMail
from exchange.webinars.planning import actions
from tests import cast
from tests.webinars.conftest import planned
from tests.webinars.planning.test_actions import written


@pytest.fixture
def announced(beatriz):
    content = written()
    told = Content(
        title="Talking with grandfathers",
        body="What opens the door.",
        topics=("parenting",),
        countries=("KE",),
        other_terms=("region:east-africa",),
        columns={**content.columns, "hub": "east-africa"},
    )
    return actions.announce(webinar=actions.plan(content=told, by=beatriz), by=beatriz)


def caught_up(member):
    worker.run_until_idle()
    return list(OutgoingMail.objects.filter(to_address=member.email).order_by("id"))


@pytest.mark.parametrize(
    ("kind", "value"), [("topic", "parenting"), ("country", "KE"), ("hub", "east-africa")]
)
def test_who_follows_the_place_hears_of_it_with_its_hour(amina, request, kind, value):
    Watch.objects.create(member=amina, kind=kind, value=value, level=Level.EACH, at=now())

    webinar = request.getfixturevalue("announced")

    (mail,) = caught_up(amina)
    assert webinar.title in mail.text
    assert f"{webinar.starts_at.astimezone(webinar.place):%H:%M} Nairobi" in mail.text
    assert webinar.title not in mail.subject


def test_who_follows_another_place_hears_nothing(amina, request):
    Watch.objects.create(member=amina, kind="topic", value="workforce", level=Level.EACH, at=now())

    request.getfixturevalue("announced")

    assert caught_up(amina) == []


def test_a_digest_of_its_hub_looks_at_it(announced):
    row = Contribution.objects.get(pk=announced.pk)

    assert "east-africa" in placing.places_of([row])[row.pk].hubs


def test_search_finds_it_with_its_hour_until_it_is_withdrawn(visitor, announced, beatriz):
    worker.run_until_idle()
    page = visitor.get("/search/", {"q": "grandfathers"}).content.decode()
    assert announced.get_absolute_url() in page
    assert "Nairobi" in page

    withdraw(contribution=announced, by=beatriz)
    worker.run_until_idle()

    page = visitor.get("/search/", {"q": "grandfathers", "kind": "webinar"}).content.decode()
    assert announced.get_absolute_url() not in page


def test_pages_of_its_topic_and_country_show_it(visitor, announced):
    for address in ("/topics/parenting/", "/countries/ke/"):
        assert announced.title in visitor.get(address).content.decode()


def test_a_place_without_one_says_nothing_of_webinars(visitor, db):
    assert "<h2" in visitor.get("/topics/parenting/").content.decode()
    assert 'viewBox="0 0 24 24" aria-hidden="true"><path d="M3.4 5.3' not in (
        visitor.get("/topics/parenting/").content.decode()
    )


def test_anybody_can_report_a_concern_on_its_page(visitor, webinar):
    page = visitor.get(webinar.get_absolute_url()).content.decode()

    assert f"/report/contribution/{webinar.pk}/" in page


def test_the_desk_leads_to_webinars(beatriz):
    desk = cast.signed_in(Client(), beatriz)

    assert "/desk/webinars/" in desk.get("/desk/").content.decode()


def test_a_host_withdraws_it_and_it_is_gone(beatriz, visitor, webinar):
    desk = cast.signed_in(Client(), beatriz)
    address = reverse("contributions:withdraw", args=[webinar.pk])
    assert address in desk.get(f"/desk/webinars/{webinar.pk}/").content.decode()

    desk.post(address)

    assert visitor.get(webinar.get_absolute_url()).status_code == 404


def test_what_hosts_share_stands_on_their_own_page_too(visitor, beatriz):
    webinar = planned(beatriz)

    assert webinar.title in visitor.get(f"/people/{beatriz.pk}/").content.decode()
