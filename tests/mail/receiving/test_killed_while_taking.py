"""The proof for mail that comes: workers are killed while they take it in; each is one row, and of
two copies one is brought to somebody. Real processes, a real database, real files."""

from pathlib import Path

from exchange.mail.door.spool import Draft, prepare
from tests.ledger.apart import house_apart, kill_at_random

MAILS, TWICE, KILLS = 260, 40, 8


def _put(spool: Path, number: int) -> None:
    draft = Draft(spool)
    draft.write(
        f"From: reader{number}@example.org\nMessage-ID: <{number}@example.org>\n"
        f"Subject: Letter {number}\n\nThis is letter {number}.\n".encode()
    )
    sender, to = f"reader{number}@example.org", "ask@exchange.example"
    draft.settle([{"via": "smtp", "from": sender, "to": to, "peer": "", "helo": ""}])


def test_each_mail_is_one_row_however_often_workers_are_killed(tmp_path: Path) -> None:
    with house_apart(tmp_path, EXCHANGE_MAIL_DOMAIN="exchange.example") as house:
        spool = tmp_path / "mail-in"
        prepare(spool)
        for number in [*range(MAILS), *range(TWICE)]:
            _put(spool, number)

        kill_at_random(house, kills=KILLS, workers=2)
        while list((spool / "new").glob("*.eml")) or house.owed():
            house.run("-m", "exchange", "work", "--lease=1", "--burst", timeout=90)

        files = {path.stem for path in (spool / "kept").rglob("*.eml")}
        assert len(files) == MAILS + TWICE
        assert files == {row[0] for row in house.rows("select arrival from mail_incomingmail")}
        told = "select count(*) from ledger_event where kind = 'mail.arrived'"
        assert house.number(told) == MAILS + TWICE
        assert house.rows(
            "select outcome, count(*) from mail_incomingmail group by 1 order by 1"
        ) == [
            ("duplicate", TWICE),
            ("unknown-sender", MAILS),
        ]
        assert not list((spool / "new").iterdir()), "no notes are left over either"
