"""Every address, opened as every sort of person: it answers as its list says, and shows nobody a word
that is not for their eyes. Run by pytest alone."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest
from django.core.cache import cache

from exchange.core.page_cache import shelf
from tests.access import addresses, lists
from tests.access.looking import came, open_at, words_of
from tests.access.marks import MAY_SEE, World
from tests.access.people import LOOKERS
from tests.access.who import expected

pytestmark = pytest.mark.django_db

# Whoever has the key in the address may read this there, and nobody finds the key in a page.
SEAT = ("opinion", "tried", "certificate", "seat", "seat-ics", "seat-stop")
BY_KEY = {
    **{f"webinars:{page} seat": {"guest of a webinar"} for page in SEAT},
    "briefings:subscription subscriber": {"subscriber"},
    "hubs:invited invitation": {"group"},
    "hubs:calendar calendar": {"meeting", "where they meet"},
    "discovery:saved-stop kept token": {"kept search"},
}
# Folded until the lead asks for them, by POST, which is written down.
FOLDED = {"sealed question", "concern"}
# Offered on the page in Kiswahili; the others carried it, or may change it.
ELSEWHERE = {("guest", "inside translation")}
# What we hold of somebody says where they once belonged, to them.
OWN = {("members:data-page", "former"): {"group"}, ("members:data-file", "former"): {"group"}}


class Looked:
    """What came of every look: where an answer was another than its list says, where a word stood
    that was not for these eyes, and what each sort of person found."""

    def __init__(self) -> None:
        self.other: list[str] = []
        self.leaks: list[str] = []
        self.found: dict[str, set[str]] = defaultdict(set)
        self.looks = 0


def look(here: World, cases: list[addresses.Case], sorts: dict[str, str]) -> Looked:
    looked = Looked()
    for case in cases:
        wanted = expected(sorts[case.name])
        for who, client in here.browsers.items():
            cache.clear()
            shelf.clear()
            answer = open_at(client, case.path)
            looked.looks += 1
            if came(answer) != wanted[who]:
                looked.other.append(f"{case.name}: {who} {came(answer)}, not {wanted[who]}")
            _read(here, looked, case, who, words_of(answer, case.path))
    return looked


def _read(here: World, looked: Looked, case: addresses.Case, who: str, text: str) -> None:
    looked.found[who] |= here.seen_in(text)
    known = BY_KEY.get(case.name, set()) | OWN.get((case.name, who), set())
    if leaks := here.leaks(who, text) - known:
        looked.leaks.append(f"{case.name}: {who} reads {sorted(leaks)}")


def faults(cases: list[addresses.Case], listed: list[tuple[str, str]]) -> set[str]:
    """Addresses in no list or in two, and lines of the lists that are no address."""
    times = Counter(name for name, _sort in listed)
    known = {case.name for case in cases}
    wrong = {f"in no list: {name}" for name in known - set(times)}
    wrong |= {f"in two lists: {name}" for name, count in times.items() if count > 1}
    return wrong | {f"no address: {name}" for name in set(times) - known}


def test_every_route_stands_in_exactly_one_list(here: World) -> None:
    cases = list(addresses.cases(here))

    assert len({case.route for case in cases}) == len(addresses.every_route()) > 450
    assert faults(cases, lists.every()) == set()


def test_a_route_nobody_listed_or_listed_twice_is_named(here: World) -> None:
    cases = list(addresses.cases(here))
    listed = lists.every()
    stranger = addresses.Case("hubs:secrets", "group", "/hubs/kitui/secrets/")

    assert faults([*cases, stranger], listed) == {"in no list: hubs:secrets group"}
    assert faults(cases, [*listed, listed[0]]) == {f"in two lists: {listed[0][0]}"}
    assert faults(cases[1:], listed) == {f"no address: {cases[0].name}"}


def test_every_address_answers_each_sort_of_person_as_its_list_says(here: World) -> None:
    looked = look(here, list(addresses.cases(here)), dict(lists.every()))

    assert looked.other == []
    assert looked.leaks == []
    assert looked.looks > 9000
    assert unfound(here, looked) == set()


def unfound(here: World, looked: Looked) -> set[str]:
    """Whoever may see an object finds it at some address: else the matrix could not fail."""
    return {
        f"{who} finds no {name}"
        for name, audience in here.audiences.items()
        if name not in FOLDED
        for who in LOOKERS
        if who in MAY_SEE[audience]
        and name not in looked.found[who]
        and (who, name) not in ELSEWHERE
    }


def test_a_word_shown_to_somebody_it_is_not_for_would_be_found(here: World) -> None:
    """The public question is told to be for its author alone: the pages of everybody betray it."""
    page = [case for case in addresses.cases(here) if case.name == "pages:home"]
    here.audiences["public question"] = "author"

    looked = look(here, page, {"pages:home": "everybody"})
    here.audiences["public question"] = "everybody"

    assert {line.partition(" reads")[0] for line in looked.leaks} == {
        f"pages:home: {who}" for who in LOOKERS if who != "author"
    }


def test_an_address_that_opens_to_others_than_its_list_says_is_named(here: World) -> None:
    page = [case for case in addresses.cases(here) if case.name == "pages:about"]

    looked = look(here, page, {"pages:about": "hosts at the desk"})

    assert "pages:about: visitor opens, not sign in" in looked.other
    assert len(looked.other) == len(LOOKERS) - 2
