"""From the spool to a row: once each, whatever breaks in between.
Run by pytest alone."""

from __future__ import annotations

import stat
from datetime import timedelta

import pytest

from exchange.core.time import now
from exchange.ledger.models import Event
from exchange.mail.models import IncomingMail
from exchange.mail.receiving import actions, keeping
from tests.mail.receiving.conftest import mail

pytestmark = pytest.mark.django_db


def put(words: str = "We meet on Mondays.") -> str:
    return actions.take(
        mail(words).as_bytes(),
        via="smtp",
        envelope_from="amina@example.org",
        envelope_to="ask@exchange.example",
        peer="192.0.2.7",
        helo="mx.example.org",
    )


def files(folder) -> list[str]:
    return sorted(path.name for path in folder.glob("*")) if folder.exists() else []


def test_a_mail_becomes_a_row_and_its_file_goes_to_its_month(spool) -> None:
    arrival = put()

    assert actions.take_in() == 1

    row = IncomingMail.objects.get()
    kept = spool / "kept" / f"{arrival[:4]}-{arrival[4:6]}" / f"{arrival}.eml"
    assert (row.arrival, row.via, row.envelope_to) == (arrival, "smtp", "ask@exchange.example")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert files(spool / "new") == []
    assert Event.objects.filter(kind="mail.arrived", subject_id=row.pk).count() == 1
    assert keeping.notes_of(arrival).peer == "192.0.2.7"


def test_a_worker_killed_between_row_and_file_leaves_one_row(spool, monkeypatch) -> None:
    put()
    monkeypatch.setattr(keeping, "keep", _killed)
    with pytest.raises(KeyboardInterrupt):
        actions.take_in()
    monkeypatch.undo()

    actions.take_in()

    assert IncomingMail.objects.count() == 1
    assert Event.objects.filter(kind="mail.arrived").count() == 1
    assert files(spool / "new") == []


def test_a_worker_killed_in_the_middle_of_moving_loses_nothing(spool, monkeypatch) -> None:
    arrival = put()
    actions.take_in()
    # As if the notes had been copied and the mail not been moved.
    month = spool / "kept" / f"{arrival[:4]}-{arrival[4:6]}"
    for suffix in (".eml", ".json"):
        (spool / "new" / f"{arrival}{suffix}").write_bytes(
            (month / f"{arrival}{suffix}").read_bytes()
        )
    (month / f"{arrival}.eml").unlink()

    assert keeping.raw_of(arrival), "until then it is read where it lies"
    actions.take_in()

    assert IncomingMail.objects.count() == 1
    assert files(month) == [f"{arrival}.eml", f"{arrival}.json"]


def test_what_is_not_complete_yet_is_left_alone(spool) -> None:
    arrival = put()
    (spool / "new" / f"{arrival}.eml").rename(spool / "new" / f"{arrival}.tmp")

    assert actions.take_in() == 0
    assert not IncomingMail.objects.exists()


@pytest.mark.parametrize("notes", [b"", b"{", b"[]", b'{"at": "yesterday"}', None])
def test_a_file_with_notes_that_nobody_can_read_is_put_aside_once(spool, notes) -> None:
    arrival = put()
    beside = spool / "new" / f"{arrival}.json"
    beside.write_bytes(notes) if notes is not None else beside.unlink()

    actions.take_in()

    assert actions.take_in() == 0
    assert f"{arrival}.eml" in files(spool / "broken")
    assert not IncomingMail.objects.exists()


def test_a_file_that_is_no_arrival_of_ours_is_put_aside(spool) -> None:
    put()
    (spool / "new" / "letter.eml").write_bytes(b"Subject: hello\n\nhello")

    assert actions.take_in() == 2

    assert files(spool / "broken") == ["letter.eml"]
    assert IncomingMail.objects.count() == 1, "the others are not held up"


def test_a_mail_whose_row_a_power_cut_took_is_taken_again(spool) -> None:
    put()
    actions.take_in()
    IncomingMail.objects.all().delete()

    assert actions.bring_back_lost(at=now() + timedelta(minutes=5)) == 1
    actions.take_in()

    assert IncomingMail.objects.count() == 1
    assert actions.bring_back_lost(at=now() + timedelta(minutes=5)) == 0


def test_after_ninety_days_only_the_fact_remains(spool, settings) -> None:
    arrival = put("Amina's own words")
    actions.take_in()
    IncomingMail.objects.update(words="Amina's own words", from_address="amina@example.org")

    assert actions.forget_old(at=now() + timedelta(days=settings.MAIL_KEEP_DAYS - 1)) == 0
    assert actions.forget_old(at=now() + timedelta(days=settings.MAIL_KEEP_DAYS + 1)) == 1

    row = IncomingMail.objects.get(arrival=arrival)
    assert (row.words, row.from_address, row.envelope_from) == ("", "", "")
    assert row.blanked_at
    assert keeping.raw_of(arrival) is None


def _killed(_path: object) -> None:
    raise KeyboardInterrupt
