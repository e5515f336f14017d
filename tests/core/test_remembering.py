"""Remembered answers: kept while nothing public changes, and never inside a transaction.
Read by pytest alone."""

import pytest
from django.db import transaction

from exchange.core import freshness, remembering
from exchange.core.remembering import forget, remembered

pytestmark = pytest.mark.django_db(transaction=True)


class Counter:
    """Counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self) -> int:
        self.asked += 1
        return self.asked


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    forget()


def test_the_same_question_is_answered_from_memory() -> None:
    count = Counter()

    assert [remembered("a", count), remembered("a", count)] == [1, 1]
    assert remembered("b", count) == 2


def test_a_public_change_makes_it_anew() -> None:
    count = Counter()
    remembered("a", count)

    freshness.bump()

    assert remembered("a", count) == 2


def test_after_a_minute_it_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    count = Counter()
    remembered("a", count)
    monkeypatch.setattr(remembering, "SECONDS", 0.0)

    assert remembered("a", count) == 2


def test_inside_a_transaction_nothing_is_remembered() -> None:
    count = Counter()

    with transaction.atomic():
        remembered("a", count)
        remembered("a", count)

    assert count.asked == 2


def test_the_oldest_go_when_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembering, "AT_MOST", 2)
    count = Counter()
    for key in "abc":
        remembered(key, count)

    assert remembered("c", count) == 3
    assert remembered("a", count) == 4
