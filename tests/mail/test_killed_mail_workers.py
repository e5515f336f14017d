"""The proof for mail: workers are killed while they send; no mail is lost and none goes twice.
Real processes, a real database, a real mail server on a socket."""

from email import message_from_bytes
from pathlib import Path

from tests.ledger.apart import house_apart, kill_at_random
from tests.mail.sink import open_sink

KILLS = 10


def test_each_mail_is_exactly_one_file_however_often_workers_are_killed(tmp_path: Path) -> None:
    mails = 900
    with house_apart(tmp_path) as house:
        house.seed("mails", mails)

        in_the_middle = kill_at_random(house, kills=KILLS, workers=2)

        assert in_the_middle >= KILLS // 2
        files = sorted((tmp_path / "outbox").iterdir())
        written = [message_from_bytes(file.read_bytes())["Message-ID"] for file in files]
        assert len(written) == mails
        assert sorted(written) == sorted(
            row[0] for row in house.rows("select message_id from mail_outgoingmail")
        )
        assert house.rows("select state, count(*) from mail_outgoingmail group by 1") == [
            ("sent", mails)
        ]
        assert house.owed() == 0


def test_no_mail_reaches_the_server_twice_and_the_doubtful_are_listed(tmp_path: Path) -> None:
    mails = 250
    with open_sink() as sink, house_apart(tmp_path, EXCHANGE_SMTP=sink.url) as house:
        sink.pause = 0.006
        house.seed("mails", mails)

        in_the_middle = kill_at_random(house, kills=KILLS, workers=2)

        assert in_the_middle >= KILLS // 2
        copies = sink.copies()
        states = dict(house.rows("select message_id, state from mail_outgoingmail"))
        sent = {key for key, state in states.items() if state == "sent"}
        unsure = {key for key, state in states.items() if state == "unsure"}
        assert len(sent) + len(unsure) == mails
        assert max(copies.values()) == 1, "no mail arrived twice"
        assert sent <= set(copies), "what is called sent has arrived"
        assert len(unsure) <= KILLS, "one kill leaves one doubt at most"
        dead = house.number("select count(*) from ledger_delivery where state = 'dead'")
        assert dead == len(unsure), "each doubt waits for a host"
        assert house.owed() == 0
