"""A service without its secrets does not start; without a service there is no address.
Run by pytest."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from exchange.mail.services.setting import fault, keys

ROOT = Path(__file__).resolve().parents[3]
LOOK = """
import django
django.setup()
from django.urls import resolve, Resolver404
from exchange.mail.hooks import services
from anymail.signals import inbound
for address in ("/mail/hooks/mailgun/inbound/", "/mail/hooks/postmark/inbound/"):
    try:
        print(resolve(address).url_name)
    except Resolver404:
        print("none")
print(inbound.has_listeners())
"""


def started(tmp_path, **given: str) -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if not name.startswith("EXCHANGE_")}
    env |= {
        "PYTHONPATH": str(ROOT / "src"),
        "EXCHANGE_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "exchange.project.settings",
        **given,
    }
    return subprocess.run(
        [sys.executable, "-c", LOOK], env=env, capture_output=True, text=True, check=False
    )


def test_with_a_service_and_its_secrets_its_addresses_are_there_and_no_others(tmp_path):
    done = started(
        tmp_path,
        EXCHANGE_ANYMAIL="mailgun",
        EXCHANGE_ANYMAIL_WEBHOOK_SECRET="hook:a-long-random-password",
        EXCHANGE_ANYMAIL_MAILGUN_WEBHOOK_SIGNING_KEY="key",
    )

    assert done.stdout.split() == ["mailgun_inbound_webhook", "none", "True"], done.stderr


def test_without_a_service_there_is_nothing(tmp_path):
    assert started(tmp_path).stdout.split() == ["none", "none", "False"]


def test_without_its_secret_the_program_does_not_start(tmp_path):
    done = started(tmp_path, EXCHANGE_ANYMAIL="postmark")

    assert done.returncode != 0
    assert "EXCHANGE_ANYMAIL_WEBHOOK_SECRET is missing" in done.stderr


@pytest.mark.parametrize(
    ("service", "found", "words"),
    [
        ("pigeon", {}, "no service I know"),
        ("postmark", {}, "WEBHOOK_SECRET is missing"),
        ("postmark", {"WEBHOOK_SECRET": "nopassword-but-long-enough"}, "WEBHOOK_SECRET"),
        ("postmark", {"WEBHOOK_SECRET": "a:b"}, "short"),
        ("mailgun", {"WEBHOOK_SECRET": "user:0123456789abcdef"}, "MAILGUN_WEBHOOK_SIGNING_KEY"),
        ("postmark", {"WEBHOOK_SECRET": "user:0123456789abcdef"}, ""),
    ],
)
def test_what_is_missing_is_said(service, found, words):
    said = fault(service, found)

    assert words in said
    assert bool(said) == bool(words)


def test_the_keys_are_those_of_anymail():
    assert keys({"EXCHANGE_ANYMAIL": "x", "EXCHANGE_ANYMAIL_A_KEY": "1", "OTHER": "2"}) == {
        "A_KEY": "1"
    }
