"""The proof for newsletters: two editions to a thousand people, the worker killed twice with nothing
tidied up, a real mail server on a socket; each person has one. Run by pytest alone."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.briefings.sending.proof.copying import database_apart
from tests.briefings.sending.proof.killing import kill_twice, prove_each_has_one
from tests.briefings.sending.proof.seed import language_of
from tests.ledger.apart import ROOT, House
from tests.mail.sink import open_sink

PEOPLE = 1000


class Place(House):
    """As the proofs of the ledger have it, with all rooms, in earnest."""

    def __init__(self, data: Path, address: str, smtp: str) -> None:
        self.data, self.address = data, address
        self.env = {
            **{k: v for k, v in os.environ.items() if not k.startswith(("EXCHANGE_", "COV_"))},
            "DJANGO_SETTINGS_MODULE": "exchange.project.settings",
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            "EXCHANGE_DATA": str(data),
            "EXCHANGE_MODE": "production",
            "EXCHANGE_BASE_URL": "https://exchange.example",
            "EXCHANGE_DATABASE": address,
            "EXCHANGE_SMTP": smtp,
        }


@pytest.fixture
def database(transactional_db: None, tmp_path: Path) -> Iterator[str]:
    with database_apart(tmp_path) as address:
        yield address


def test_a_thousand_get_one_each_in_their_language_though_the_worker_is_killed_twice(
    tmp_path: Path, database: str
) -> None:
    with open_sink() as sink:
        house = Place(tmp_path, database, sink.url)
        house.run("-m", "tests.briefings.sending.proof.seed", str(PEOPLE))
        alive: list[subprocess.Popen[bytes]] = []

        def begin() -> None:
            for dead in alive:
                dead.wait()
            alive[:] = [house.worker("--lease=2")]

        begin()
        try:
            in_the_middle = kill_twice(
                arrived=lambda: len(sink.letters),
                workers=lambda: [one.pid for one in alive],
                begin_again=begin,
                expected=PEOPLE,
            )
        finally:
            for one in alive:
                one.kill()
                one.wait()
        house.run("-m", "exchange", "work", "--lease=1", "--burst", timeout=120)
        assert in_the_middle == 2
        rows = house.rows(
            "select to_address, state from mail_outgoingmail where purpose = 'newsletter'"
        )
        assert len(rows) == len({address for address, _state in rows}) == PEOPLE
        prove_each_has_one(
            letters=sink.letters,
            wanted={f"reader{n}@example.net": language_of(n) for n in range(PEOPLE)},
            unsure={address for address, state in rows if state == "unsure"},
            kills=2,
        )
        assert {state for _address, state in rows} <= {"sent", "unsure"}
        assert house.number("select min(upto) from briefings_newsletter") > 0
        assert house.owed() == 0
