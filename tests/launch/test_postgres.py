"""The private PostgreSQL answers, and leaves neither a process nor a file. Run by pytest."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg

from launch.postgres import private_server


def test_it_answers_and_is_gone_afterwards() -> None:
    with private_server() as address:
        place = Path(parse_qs(urlsplit(address).query)["host"][0])
        with psycopg.connect(address) as database:
            row = database.execute("SELECT current_user, current_setting('fsync')").fetchone()
        process = int((place / "data" / "postmaster.pid").read_text().splitlines()[0])

    assert row == ("exchange", "off")
    assert not place.exists()
    assert not Path(f"/proc/{process}").exists()
