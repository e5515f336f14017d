"""`./exchange doctor mail` reaches the application. Run by pytest."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from launch import environment

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(
    not environment.is_ready("base"), reason="the environment is not as the lock says"
)
def test_it_is_asked_through_the_launcher(tmp_path: Path) -> None:
    env = {name: value for name, value in os.environ.items() if not name.startswith("EXCHANGE_")}
    done = subprocess.run(
        [ROOT / "exchange", "doctor", "mail", "--json", "--data", tmp_path],
        env=env | {"EXCHANGE_VENV": str(environment.VENV), "EXCHANGE_MAIL_DOOR": "off"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["wrong"] == 0
    assert not (tmp_path / "exchange.sqlite3").exists(), "it needs no database"
