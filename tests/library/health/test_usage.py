"""How often records are used: counted for people, once a double click, and of nobody.
Run by pytest alone."""

import threading
import time
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from exchange.contributions.actions import withdraw
from exchange.core.time import now
from exchange.library.health import usage
from exchange.library.health.robots import is_robot
from exchange.library.models import UsageDay
from tests.cast import signed_in

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (Linux; Android 9; TECNO KC2) AppleWebKit/537.36 Mobile Safari/537.36"
OTHER_PHONE = "Opera/9.80 (J2ME/MIDP; Opera Mini/7.1) Presto/2.12 Version/12.16"


@pytest.fixture(autouse=True)
def _counted_from_nothing():
    usage.tally.forget()
    yield
    usage.tally.forget()


def figures(what="seen"):
    usage.flush()
    return list(UsageDay.objects.filter(what=what).values_list("resource_id", "times"))


def ask(client, record, agent=PHONE, **more):
    return client.get(record.get_absolute_url(), HTTP_USER_AGENT=agent, **more)


def test_a_page_that_comes_from_memory_is_counted_as_well(record):
    for n in range(5):
        answer = ask(Client(), record, f"{PHONE} {n}")
        assert answer.status_code == 200
        assert "Counts" not in answer.headers

    assert figures() == [(record.pk, 5)]


def test_a_page_the_reader_still_has_is_counted_as_well(record):
    etag = ask(Client(), record)["ETag"]

    again = ask(Client(), record, OTHER_PHONE, HTTP_IF_NONE_MATCH=etag)

    assert again.status_code == 304
    assert figures() == [(record.pk, 2)]


def test_in_every_language_and_signed_in_it_is_the_same_record(record, amina):
    signed_in(Client(), amina).get(record.get_absolute_url(), HTTP_USER_AGENT=PHONE)
    Client().get(f"/sw{record.get_absolute_url()}", HTTP_USER_AGENT=OTHER_PHONE)

    assert figures() == [(record.pk, 2)]


def test_the_same_reader_within_half_a_minute_counts_once(record):
    for _n in range(3):
        ask(Client(), record)

    assert figures() == [(record.pk, 1)]


@pytest.mark.parametrize(
    ("seconds", "times"), [([0, 29], 1), ([0, 31], 2), ([0, 29, 58], 1), ([0, 29, 60], 2)]
)
def test_a_double_click_is_told_from_another_reading(seconds, times):
    tally = usage.Tally()
    counted = [
        tally.count(1, "seen", reader="a", day=date(2026, 11, 3), moment=float(one))
        for one in seconds
    ]

    assert sum(counted) == times


def test_programs_heads_and_looks_ahead_do_not_count(record):
    ask(Client(), record, "Mozilla/5.0 (compatible; Googlebot/2.1)")
    ask(Client(), record, "")
    ask(Client(), record, HTTP_SEC_PURPOSE="prefetch")
    Client().head(record.get_absolute_url(), HTTP_USER_AGENT=PHONE)

    assert figures() == []


@pytest.mark.parametrize(
    ("agent", "robot"),
    [
        (PHONE, False),
        (OTHER_PHONE, False),
        ("Mozilla/5.0 (Linux; Android 8.1; CUBOT POWER) Mobile Safari/537.36", False),
        ("Nokia6300/2.0 (07.21) Profile/MIDP-2.0 Configuration/CLDC-1.1", False),
        ("GPTBot/1.2", True),
        ("python-requests/2.32", True),
        ("WhatsApp/2.23", True),
        ("Java/17.0.1", True),
        ("curl/8.0", True),
        ("  ", True),
    ],
)
def test_programs_are_told_from_telephones(agent, robot):
    assert is_robot(agent) is robot


def test_what_is_not_out_is_not_counted(record, beatriz):
    withdraw(contribution=record, by=beatriz)
    answer = signed_in(Client(), beatriz).get(record.get_absolute_url(), HTTP_USER_AGENT=PHONE)

    assert answer.status_code == 200
    assert figures() == []


def test_nothing_of_the_reader_is_kept(record):
    ask(Client(), record, PHONE, REMOTE_ADDR="203.0.113.77")
    usage.flush()

    assert {field.name for field in UsageDay._meta.get_fields()} == {
        *("id", "resource", "day", "what", "times")
    }
    kept = repr(vars(usage.tally))
    assert "203.0.113.77" not in kept
    assert "TECNO" not in kept


def test_the_key_of_yesterday_is_gone_today():
    tally = usage.Tally()
    tally.count(1, "seen", reader="a", day=date(2026, 11, 3), moment=0)
    first = dict(tally._marks)
    tally.count(1, "seen", reader="a", day=date(2026, 11, 4), moment=1)

    assert len(tally._marks) == 1
    assert not first.keys() & tally._marks.keys()


def test_numbers_add_up_over_several_writings(record):
    for n in range(2):
        ask(Client(), record, f"{PHONE} {n}")
        usage.flush()

    assert figures() == [(record.pk, 2)]


def test_what_the_database_would_not_take_is_written_later(record, monkeypatch):
    ask(Client(), record)
    busy = usage._written

    def refuse(_taken):
        raise DatabaseError

    monkeypatch.setattr(usage, "_written", refuse)
    assert usage.flush() == 0
    monkeypatch.setattr(usage, "_written", busy)

    assert figures() == [(record.pk, 1)]


def test_a_record_that_is_gone_keeps_no_other_number_from_being_written(record):
    usage.tally.count(record.pk, "seen", reader="a", day=now().date(), moment=0)
    usage.tally.count(999_999, "seen", reader="a", day=now().date(), moment=0)

    assert figures() == [(record.pk, 1)]


def test_counting_asks_the_database_nothing(record, django_assert_num_queries):
    ask(Client(), record)
    with django_assert_num_queries(0):
        ask(Client(), record, OTHER_PHONE)


def test_more_numbers_than_fit_one_statement_are_written_in_several(record):
    for n in range(usage.AT_ONCE + 1):
        day = now().date() - timedelta(days=n)
        usage.tally.count(record.pk, "seen", reader="a", day=day, moment=0)

    assert usage.flush() == usage.AT_ONCE + 1
    assert UsageDay.objects.count() == usage.AT_ONCE + 1


def test_five_hundred_numbers_are_one_statement(record, django_assert_num_queries):
    for n in range(500):
        day = now().date() - timedelta(days=n)
        usage.tally.count(record.pk, "seen", reader="a", day=day, moment=0)

    with django_assert_num_queries(2):
        assert usage.flush() == 500


@pytest.mark.django_db(transaction=True)
def test_a_reader_never_waits_for_a_write(record):
    """Somebody holds the database; pages are counted all the same, and written when it is free."""
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            UsageDay.objects.create(resource=record, day=date(2020, 1, 1), what="seen", times=1)
            held.set()
            done.wait(10)
        connection.close()

    other = threading.Thread(target=hold)
    ask(Client(), record)
    other.start()
    held.wait(10)
    began = time.monotonic()
    for n in range(50):
        assert ask(Client(), record, f"{PHONE} {n}").status_code == 200
    took = time.monotonic() - began
    done.set()
    other.join()

    assert took < 2
    usage.flush()
    assert UsageDay.objects.get(day=now().date()).times == 51
