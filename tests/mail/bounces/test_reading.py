"""What came back is read for what it is, from every server and in every language we know of.
Run by pytest alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as speed
from hypothesis import strategies as some

from exchange.mail.bounces.reading import Report, classify, read
from exchange.mail.models import Bounce

CASES = Path(__file__).parent / "cases"
LISTED = [
    (*line.split(), "", "")[:3]
    for line in (CASES / "expected.txt").read_text().splitlines()
    if not line.startswith("#")
]
KINDS = {*Bounce.Kind.values, "auto", "delivered", ""}


@pytest.fixture(autouse=True)
def _domain(settings) -> None:
    settings.MAIL_DOMAIN = "exchange.example"


def test_there_are_enough_of_them_and_each_is_listed() -> None:
    assert len(LISTED) >= 60
    assert {name for name, _kind, _status in LISTED} == {path.stem for path in CASES.glob("*.eml")}


@pytest.mark.parametrize(("name", "kind", "status"), LISTED, ids=[row[0] for row in LISTED])
def test_a_mail_that_came_back_is_read_as_what_it_is(name, kind, status) -> None:
    report = read((CASES / f"{name}.eml").read_bytes(), is_returned=True)

    assert (report.kind, report.status) == (kind, status)


@pytest.mark.parametrize("name", [row[0] for row in LISTED if row[1] in ("hard", "soft")])
def test_cut_short_or_damaged_it_is_never_an_error_and_soft_is_never_hard(name) -> None:
    whole = (CASES / f"{name}.eml").read_bytes()
    first = read(whole, is_returned=True)
    # "5.1.1" alone means that nobody is there; only the words behind it can say otherwise.
    soft = first.kind == "soft" and not first.status.startswith("5.1.")

    for part in range(0, len(whole), max(1, len(whole) // 40)):
        found = read(whole[:part], is_returned=True)
        assert found.kind in KINDS
        assert not (soft and found.kind == "hard"), f"cut after {part}"


@given(raw=some.binary(max_size=900), is_returned=some.booleans())
@speed(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_bytes_are_read_without_an_error(raw, is_returned) -> None:
    assert read(raw, is_returned=is_returned).kind in KINDS


@given(
    raw=some.binary(max_size=60),
    place=some.integers(0, 2000),
    case=some.sampled_from([row[0] for row in LISTED]),
)
@speed(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_bytes_in_the_middle_of_a_report_are_no_error(raw, place, case) -> None:
    whole = (CASES / f"{case}.eml").read_bytes()

    assert read(whole[:place] + raw + whole[place + len(raw) :], is_returned=True).kind in KINDS


def test_what_somebody_wrote_is_no_report() -> None:
    raw = b"From: amina@example.org\nSubject: Re: Your question\n\nThe user unknown to me was there.\n"

    assert read(raw) == Report()
    quoted = b"----- The following addresses had permanent fatal errors -----\n<a@example.org>\n\n"
    assert read(raw + quoted + b"   ----- Transcript of session follows -----\n") == Report()


def test_the_mail_that_came_back_is_found_by_its_ids() -> None:
    report = read((CASES / "postfix-user-unknown.eml").read_bytes(), is_returned=True)

    assert report.ids == ("<" + "3f" * 20 + "@exchange.example>",)
    assert report.tokens == ("mfrggzdfmztwq2lknnwg23tpoa",)


@pytest.mark.parametrize(
    ("status", "words", "kind"),
    [
        ("5.7.1", "user unknown", "policy"),
        ("5.1.1", "user unknown", "hard"),
        ("5.1.1", "user unknown, blocked using spamhaus", "hard"),
        ("5.1.1", "mailbox full", "soft"),
        ("5.0.0", "temporarily disabled account", "soft"),
        ("4.7.1", "greylisted", "soft"),
        ("4.7.0", "your reputation", "policy"),
        ("5.3.0", "", "soft"),
        ("", "", ""),
    ],
)
def test_in_doubt_it_is_held_against_nobody(status, words, kind) -> None:
    assert classify(status, words) == kind
