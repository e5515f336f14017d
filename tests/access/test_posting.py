"""Who may not see something cannot change it either: whatever they post writes nothing.
Run by pytest alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction

from tests.access import addresses
from tests.access.addresses import Case
from tests.access.looking import came, words_of
from tests.access.marks import MAY_SEE, World
from tests.access.people import LOOKERS

pytestmark = pytest.mark.django_db

# Objects without a word of their own, and whose they are.
WHOSE = {
    "group": "name of the group",
    "asks": "people of the group",
    "link": "people of the group",
    "correspondence": "author",
    "voice row": "hosts",
    "case": "lead",
    "contact": "hosts",
    "pair": "inside",
    "own reply": "author and hosts",
    # The key of a form: each has a draft of their own under it.
    "draft": "everybody",
}
BY_KEY = ("briefings:subscription subscriber", "discovery:saved-stop kept token")
# Whoever posts here says what they would press: all buttons of all forms at once.
PRESSED = {
    "what": "publish",
    "act": "take-in",
    "way": "out",
    "version": "1",
    "why": "A reason",
    "note": "A note",
    "body": "Some words of mine",
    "words": "Some words of mine",
    "text": "Some words of mine",
    "title": "Other words",
    "choice": "agree",
    "answer": "yes",
    "decision": "publish",
    "level": "off",
    "addresses": "ann@example.net",
    "language": "en",
    "role": "member",
    "insist": "on",
    "confirm": "on",
}
# What a session, a count of pages or a limit writes is no change of an object.
_ASIDE = ("django_session", "library_usage", "django_cache")
HOSTS_OF_THE_DESK = "hosts"


@contextmanager
def written() -> Iterator[list[str]]:
    """Every statement that changes a row of a room."""
    found: list[str] = []

    def watch(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        begins = sql.lstrip().upper()
        if begins.startswith(("INSERT", "UPDATE", "DELETE")) and not any(a in sql for a in _ASIDE):
            found.append(sql[:200])
        return execute(sql, *rest)

    with connection.execute_wrapper(watch):
        yield found


def audience_of(here: World, case: Case) -> str:
    """For whose eyes what is posted about is; "" where anybody may post."""
    room = case.route.partition(":")[0]
    # By a key in the address; and a public answer helps whom it helps.
    if case.name in BY_KEY or case.route.endswith("helped"):
        return ""
    if case.target in WHOSE:
        return "" if WHOSE[case.target] == "everybody" else WHOSE[case.target]
    found = here.audiences.get(case.target, "everybody")
    if room.endswith("desk") and found == "everybody":
        return HOSTS_OF_THE_DESK
    return "" if found == "everybody" else found


def post(here: World, case: Case, who: str, **more: str) -> tuple[str, list[str], str]:
    """What came of it, what was written, what was answered; taken back at once."""
    cache.clear()
    with transaction.atomic(), written() as changes:
        answer = here.browsers[who].post(case.path, {**PRESSED, **more})
        found = came(answer), list(changes), words_of(answer, case.path)
        transaction.set_rollback(True)
    return found


def tried(here: World, cases: list[Case]) -> tuple[int, list[str]]:
    """How many times somebody posted who may not see it, and what they changed or read."""
    count, wrong = 0, []
    for case in cases:
        audience = audience_of(here, case)
        for who in LOOKERS:
            if not audience or who in MAY_SEE[audience]:
                continue
            count += 1
            outcome, changes, text = post(here, case, who)
            if changes or here.leaks(who, text):
                wrong.append(f"{case.name}: {who} {outcome} {changes} {here.leaks(who, text)}")
    return count, wrong


def test_nobody_changes_what_they_may_not_see(here: World) -> None:
    count, wrong = tried(here, list(addresses.cases(here)))

    assert not wrong, "\n".join(wrong)
    assert count > 500


def case_of(here: World, name: str) -> Case:
    return next(case for case in addresses.cases(here) if case.name == name)


# The most dangerous, pressed by somebody who may.
MAY = [
    ("desk:contribution-decision waiting question", "host", {}),
    ("inside:queue-contribution waiting inside", "group host", {}),
    ("inside:queue-reply waiting inside reply", "group host", {}),
    ("hubs:paper-decide waiting paper", "group host", {}),
    ("hubs:paper-away shared draft", "author", {}),
    ("hubs:person asks", "group host", {}),
    ("hubs:inviting group", "group host", {"act": "list"}),
    ("hubs:link-away link", "group host", {}),
    ("hubs:meeting-off meeting", "group host", {}),
    ("voices-desk:look voice row", "host", {}),
    ("voices:act voice", "blocked", {"what": "withdraw"}),
    ("contributions:withdraw inside discussion", "author", {}),
    ("corresponding:act correspondence", "author", {"what": "leave"}),
    ("corresponding:take-back message", "author", {}),
    ("safeguarding:case-words case", "lead", {}),
]


@pytest.mark.parametrize(("name", "who", "more"), MAY)
def test_whoever_may_does_change_it(here: World, name: str, who: str, more: dict[str, str]) -> None:
    """The same form from the right hands writes: the test above could fail."""
    _outcome, changes, _text = post(here, case_of(here, name), who, **more)

    assert changes


def test_the_lead_reads_the_words_of_a_case_when_she_asks_for_them(here: World) -> None:
    _outcome, _changes, text = post(here, case_of(here, "safeguarding:case-words case"), "lead")

    assert {"sealed question", "concern"} <= here.seen_in(text)
