"""What a browser may load in the writing room, and that the rest of the Exchange allows no more for it."""

import logging

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from wagtail.models import Page

from exchange.members.models import Member
from exchange.project import settings as of_the_exchange

pytestmark = pytest.mark.django_db
ROOM = "/desk/write/"


def directives(answer) -> dict[str, set[str]]:
    lines = answer.headers["Content-Security-Policy"].split(";")
    return {line.split()[0]: set(line.split()[1:]) for line in lines if line.strip()}


def test_the_room_takes_scripts_from_its_own_files_alone(host: Client) -> None:
    answer = host.get(ROOM)

    policy = directives(answer)
    assert policy["script-src"] == {"'self'"}
    assert policy["default-src"] == {"'none'"}
    assert policy["img-src"] == {"'self'", "data:", "blob:"}
    assert policy["style-src"] == {"'self'", "'unsafe-inline'"}
    assert policy["frame-ancestors"] == {"'self'"}
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_the_public_policy_knows_nothing_of_it() -> None:
    public = of_the_exchange.CONTENT_SECURITY_POLICY["DIRECTIVES"]

    assert "'unsafe-inline'" not in str(public)
    assert public["frame-ancestors"] == ["'none'"]
    assert of_the_exchange.X_FRAME_OPTIONS == "DENY"
    assert of_the_exchange.STATIC_URL == "/static/"
    assert not any("wagtail" in app for app in of_the_exchange.INSTALLED_APPS)


def test_no_script_stands_in_a_page(host: Client) -> None:
    opened = host.get(ROOM + "open/page/about/en/", follow=True)

    words = opened.content.decode()
    assert 'type="datetime-local"' in words
    assert "<script>" not in words
    assert "onclick=" not in words


def test_names_are_shown_and_no_address(host: Client, beatriz: Member) -> None:
    opened = host.get(ROOM + "open/page/about/en/", follow=True)
    number = opened.request["PATH_INFO"].rstrip("/").split("/")[-2]

    for path in ("", f"pages/{number}/edit/", f"pages/{number}/history/", "reports/site-history/"):
        words = host.get(ROOM + path).content.decode()
        assert beatriz.email not in words
        assert "Beatriz" in words


def test_nothing_of_the_editor_reaches_the_log_or_a_mailbox(
    host: Client, beatriz: Member, caplog: pytest.LogCaptureFixture
) -> None:
    host.get(ROOM + "open/page/about/en/")
    page = Page.objects.latest("pk").specific
    page.title = "A word of a person"

    page.save_revision(user=beatriz).publish(user=beatriz)

    # What a test listens with hears everything; the process writes down what these levels let by.
    assert logging.getLogger("wagtail.publish").getEffectiveLevel() == logging.ERROR
    heard = [one for one in caplog.records if one.levelno >= logging.ERROR]
    assert not [one for one in heard if "A word of a person" in one.getMessage()]
    assert not mail.outbox
    assert settings.WAGTAILADMIN_COMMENTS_ENABLED is False


def test_the_editors_own_files_may_be_kept_by_a_browser(visitor: Client) -> None:
    answer = visitor.get(ROOM + "static/wagtailadmin/css/core.css")

    assert answer.status_code == 200
    assert "max-age=2592000" in answer.headers["Cache-Control"]
