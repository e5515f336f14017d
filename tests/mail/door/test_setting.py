"""The door and Django read the same from the environment, and say what they cannot read.
Run by pytest."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from exchange.mail.door import setting, spool
from launch import mailing

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    ("given", "domains"),
    [
        ({}, ("127.0.0.1",)),
        ({"EXCHANGE_BASE_URL": "https://exchange.example/"}, ("exchange.example",)),
        ({"EXCHANGE_MAIL_FROM": "The Exchange <x@mail.example>"}, ("mail.example",)),
        ({"EXCHANGE_MAIL_FROM": "x@Mail.example"}, ("mail.example",)),
        (
            {"EXCHANGE_MAIL_FROM": "<x@mail.example>", "EXCHANGE_MAIL_DOMAIN": "in.mail.example"},
            ("in.mail.example", "mail.example"),
        ),
        ({"EXCHANGE_MAIL_DOMAIN": "مثال.example"}, ("xn--mgbh0fb.example", "127.0.0.1")),
    ],
)
def test_the_door_and_django_mean_the_same_domain(tmp_path, given, domains):
    ours = setting.read(given | {"EXCHANGE_DATA": str(tmp_path)})
    script = "import json; from exchange.project import settings as s;"
    script += "print(json.dumps([s.MAIL_DOMAIN, str(s.MAIL_IN_DIR), s.MAIL_DOOR]))"
    env = {k: v for k, v in os.environ.items() if not k.startswith("EXCHANGE_")}
    env |= {"PYTHONPATH": str(ROOT / "src"), "EXCHANGE_DATA": str(tmp_path), **given}
    done = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, check=True)
    domain, folder, door = json.loads(done.stdout)

    assert ours.domains == domains
    assert setting.ascii_domain(domain) == ours.domains[0]
    assert (str(ours.spool), setting.place(door)) == (folder, (ours.kind, ours.host, ours.port))


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("off", ("off", "", 0)),
        ("smtp://0.0.0.0:25", ("smtp", "0.0.0.0", 25)),
        ("lmtp://[::1]", ("lmtp", "::1", 24)),
        ("smtp://localhost", ("smtp", "localhost", 2525)),
    ],
)
def test_where_it_stands(address, place):
    assert setting.place(address) == place


@pytest.mark.parametrize(
    "address", ["http://x:25", "smtp://", "2525", "smtp://x:port", "smtp://x:99999"]
)
def test_what_cannot_be_read_is_said(address):
    with pytest.raises(setting.Unreadable, match="EXCHANGE_MAIL_DOOR"):
        setting.place(address)


def test_the_launcher_and_the_door_mean_the_same_usual_place():
    assert mailing.USUAL == setting.USUAL
    assert [mailing.place(f"{kind}://x") for kind in setting.USUAL_PORTS] == [
        ("x", port) for port in setting.USUAL_PORTS.values()
    ]


def test_what_a_killed_door_left_is_swept_after_an_hour_and_mail_never(tmp_path):
    spool.prepare(tmp_path)
    whole, half, fresh, draft = (
        tmp_path / name for name in ("new/a.json", "new/b.json", "new/c.json", "tmp/d")
    )
    for path in (whole, half, fresh, draft, tmp_path / "new/a.eml"):
        path.write_text("{}")
        if path != fresh:
            os.utime(path, (time.time() - 4000,) * 2)

    spool.prepare(tmp_path)

    assert sorted(path.name for path in tmp_path.rglob("*.*")) == ["a.eml", "a.json", "c.json"]
    assert not draft.exists()
