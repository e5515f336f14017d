"""Every page of what a group keeps: for those inside, for nobody else, in a fixed number of questions."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from exchange.core.page_cache import shelf
from exchange.hubs.models import Paper, Space
from exchange.hubs.working import decisions, meetings, notes, papers, points
from exchange.hubs.working.papers import Written
from exchange.hubs.working.points import Task

pytestmark = pytest.mark.django_db
Kind = Paper.Kind


@pytest.fixture
def kept(group: Space, meeting, draft, halima, amina) -> list[str]:
    """One of everything; the addresses of all pages."""
    notes.save(meeting, by=amina, written=Written(body="## One\nWe agreed."), version=0)
    meetings.propose(meeting, by=amina, written=Written(title="Who keeps the list"))
    question = papers.write(group, kind=Kind.DECISION, by=amina, written=Written(title="Monthly?"))
    decisions.say(question, by=amina, choice="agree", written=Written())
    point = points.add(
        group, by=halima, written=Written(title="Send the list"), task=Task(owner=amina)
    )
    own = [row.get_absolute_url() for row in (meeting, draft, question, point)]
    lists = [f"/hubs/nairobi/{name}/" for name in ("meetings", "points", "decisions", "drafts")]
    forms = [f"{one}new/" for one in lists[1:]]
    more = [f"{own[0]}notes/", f"{own[0]}notes/write/", f"{own[0]}meeting.ics"]
    more += [f"{own[1]}change/", f"{own[1]}versions/", f"{own[2]}change/"]
    return [*own, *lists, *forms, *more]


def test_those_inside_open_every_page(kept, browser, amina, django_assert_max_num_queries) -> None:
    client = browser(amina)
    for address in kept:
        with django_assert_max_num_queries(8):
            answer = client.get(address)
        assert answer.status_code == 200, address
        assert "no-store" in answer.headers["Cache-Control"], address


def test_a_guest_reads_and_is_offered_no_form(kept, browser, grace) -> None:
    client = browser(grace)
    for address in kept:
        wanted = 404 if "/new/" in address or "/write/" in address or "/change/" in address else 200
        assert client.get(address).status_code == wanted, address


def test_nobody_else_opens_one(kept, browser, beatriz, chen) -> None:
    for member in (beatriz, chen):
        client = browser(member)
        assert {client.get(address).status_code for address in kept} == {404}
    visitor = Client()
    for address in kept:
        assert visitor.get(address).status_code == 302
    assert [visitor.post(kept[0] + "coming/", {"answer": "yes"}).status_code] == [302]


def test_a_list_asks_as_much_for_one_as_for_thirty(group, amina, browser) -> None:
    client = browser(amina)
    task = Task(owner=amina)
    points.add(group, by=amina, written=Written(title="One"), task=task)

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get("/hubs/nairobi/points/")
        return len(seen)

    asked()
    few = asked()
    for n in range(29):
        points.add(group, by=amina, written=Written(title=f"Point {n}"), task=task)
    assert asked() == few


def test_the_front_page_shows_ones_own_points_first(group, amina, halima, browser) -> None:
    points.add(group, by=halima, written=Written(title="Of Halima"), task=Task(owner=halima))
    points.add(group, by=halima, written=Written(title="Of Amina"), task=Task(owner=amina))
    shown = browser(amina).get("/hubs/nairobi/").content.decode()
    assert shown.index("Of Amina") < shown.index("Of Halima")


def test_the_public_face_of_a_hub_tells_the_hour_alone_where_a_host_said_so(
    group, meeting, visitor
) -> None:
    Space.objects.filter(pk=group.pk).update(kind="hub")
    assert "Next meeting" not in visitor.get("/hubs/nairobi/").content.decode()
    meeting.sitting.is_shown = True
    meeting.sitting.save()
    shelf.clear()
    shown = visitor.get("/hubs/nairobi/").content.decode()
    assert "Next meeting" in shown
    assert meeting.title not in shown
    assert "At the office" not in shown
