"""The log of decisions: complete, in order, without a word of anybody's text.
Run by pytest alone."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from exchange.contributions.models import Decision
from exchange.conversation.models import ReplyDecision
from exchange.core.time import now
from exchange.desk.queries import log as decisions
from exchange.ledger.actions import retry_dead
from exchange.members.actions import welcome
from tests import cast
from tests.desk.test_deciding import post
from tests.desk.test_morning import dead_letter

pytestmark = pytest.mark.django_db


def test_who_what_and_when_stand_in_the_log_and_neither_words_nor_note(
    desk, beatriz, waiting, waiting_reply
):
    post(desk, waiting_reply, what="hold", note="A private word.")
    post(desk, waiting)
    retry_dead(dead_letter(), by=beatriz)

    shown = desk.get("/desk/log/").content.decode()

    told = [(line.by, line.what) for line in decisions.log().lines]
    assert told == [
        ("Beatriz", "let it be tried again"),
        ("Beatriz", "welcomed"),
        ("Beatriz", "published"),
        ("Beatriz", "held"),
    ]
    assert waiting.title in shown
    assert "A private word." not in shown
    assert "The youngest of us" not in shown
    assert "Our committee stopped" not in shown


def test_an_empty_log_invites_no_fear(desk):
    assert "Nothing was decided yet." in desk.get("/desk/log/").content.decode()


def fill(beatriz, waiting, waiting_reply, count):
    """Decisions of both kinds, many at the very same moment."""
    for n in range(count):
        at = now() - timedelta(minutes=n // 4)
        common = {"what": "hold", "by": beatriz, "by_name": f"Host {n}", "at": at}
        Decision.objects.create(contribution=waiting, **common)
        ReplyDecision.objects.create(reply=waiting_reply, **common)


def test_paging_shows_every_decision_once(desk, beatriz, waiting, waiting_reply):
    at = now()
    for n in range(40):
        common = {"what": "hold", "by": beatriz, "at": at - timedelta(minutes=n // 9)}
        Decision.objects.create(contribution=waiting, by_name=f"c{n}", **common)
        ReplyDecision.objects.create(reply=waiting_reply, by_name=f"r{n}", **common)
    for n in range(10):
        welcome(member=cast.person(f"New {n}"), by=beatriz)

    path, seen, pages = "/desk/log/", [], 0
    while path:
        shown = desk.get(path).content.decode()
        seen += re.findall(r"<b dir=\"auto\">(\w+)</b>", shown)
        link = re.search(r'href="(\?after=[^"]+)" rel="next"', shown)
        path = f"/desk/log/{link[1]}" if link else ""
        pages += 1

    expected = [f"{kind}{n}" for kind in "cr" for n in range(40)] + ["Beatriz"] * 10
    assert sorted(seen) == sorted(expected)
    assert pages == 3


@pytest.mark.parametrize("key", ["x", "1.2.3", "9" * 50, "1.answer.x", "-1.event.1", "1.answer.0"])
def test_a_key_nobody_gave_out_is_no_error(desk, key):
    assert desk.get("/desk/log/", {"after": key}).status_code == 200


def test_the_log_and_the_people_cost_the_same_for_one_row_and_for_thirty(
    desk, beatriz, chen, waiting, waiting_reply, django_assert_max_num_queries
):
    fill(beatriz, waiting, waiting_reply, 1)
    welcome(member=cast.person("First"), by=beatriz)
    counts = {}
    for path in ("/desk/log/", "/desk/people/"):
        with django_assert_max_num_queries(12) as used:
            desk.get(path)
        counts[path] = len(used)
    fill(beatriz, waiting, waiting_reply, 30)
    for n in range(30):
        cast.person(f"Person {n}")

    for path, count in counts.items():
        with django_assert_max_num_queries(12) as used:
            assert desk.get(path).status_code == 200
        assert len(used) == count


def test_the_log_is_for_hosts_alone(desk, amina, waiting):
    assert desk.get("/desk/log/").status_code == 200
    assert cast.signed_in(Client(), amina).get("/desk/log/").status_code == 404
