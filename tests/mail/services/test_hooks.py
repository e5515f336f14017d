"""What mail services post: mail goes into the spool, reports to the bounces, strangers away.
Payloads in the shapes of Mailgun and Postmark, posted to the real views."""

import base64
import hashlib
import hmac
import json
import sys
import time

import pytest
from anymail.signals import inbound, tracking
from django.test import Client

from exchange.core.time import now
from exchange.mail.hooks import services as hooks
from exchange.mail.models import Bounce, OutgoingMail
from tests.mail.door.standing import arrivals, letter

SECRET = "hook:a-long-random-password"
SIGNING_KEY = "key-0123456789"


@pytest.fixture(autouse=True)
def connected():
    inbound.connect(hooks.mail_came)
    tracking.connect(hooks.report_came)
    yield
    inbound.disconnect(hooks.mail_came)
    tracking.disconnect(hooks.report_came)


@pytest.fixture
def serve(settings, tmp_path):
    def serve(name: str) -> Client:
        sys.modules.pop("tests.mail.services.addresses", None)
        settings.ANYMAIL_SERVICE = name
        settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET, "MAILGUN_WEBHOOK_SIGNING_KEY": SIGNING_KEY}
        settings.DATA_UPLOAD_MAX_MEMORY_SIZE = settings.LARGEST_HOOK
        settings.MAIL_DOMAIN = "exchange.example"
        settings.MAIL_IN_DIR = tmp_path / "mail-in"
        settings.ROOT_URLCONF = "tests.mail.services.addresses"
        pair = base64.b64encode(SECRET.encode()).decode()
        return Client(HTTP_AUTHORIZATION=f"Basic {pair}", raise_request_exception=False)

    return serve


@pytest.fixture
def sent(write):
    mail = write()
    OutgoingMail.objects.filter(pk=mail.pk).update(state="sent", sent_at=now())
    mail.refresh_from_db()
    return mail


def signature(token: str = "t" * 50, key: str = SIGNING_KEY) -> dict[str, str]:
    at = str(int(time.time()))
    made = hmac.new(key.encode(), f"{at}{token}".encode(), hashlib.sha256).hexdigest()
    return {"timestamp": at, "token": token, "signature": made}


def mailgun_mail(raw: bytes, **different: str) -> dict[str, str]:
    return {
        "recipient": "reply+abc@exchange.example",
        "sender": "amina@example.org",
        "subject": "A question",
        "from": "Amina <amina@example.org>",
        "body-mime": raw.decode(),
        **signature(),
        **different,
    }


def mailgun_report(mail: OutgoingMail, **data: object) -> dict[str, object]:
    return {
        "signature": signature(),
        "event-data": {
            "event": "failed",
            "severity": "permanent",
            "reason": "bounce",
            "id": "x",
            "timestamp": time.time(),
            "recipient": mail.to_address,
            "message": {"headers": {"message-id": mail.message_id.strip("<>"), "to": "x"}},
            "delivery-status": {
                "code": 550,
                "message": "550 5.1.1 no such user",
                "description": "",
            },
            **data,
        },
    }


def postmark_mail() -> dict[str, object]:
    return {
        "FromName": "Amina",
        "MessageStream": "inbound",
        "From": "amina@example.org",
        "FromFull": {"Email": "amina@example.org", "Name": "Amina", "MailboxHash": ""},
        "To": "ask@exchange.example",
        "ToFull": [{"Email": "ask@exchange.example", "Name": "", "MailboxHash": ""}],
        "Cc": "",
        "CcFull": [],
        "BccFull": [],
        "OriginalRecipient": "ask@exchange.example",
        "Subject": "A question",
        "MessageID": "22c74902-a0c1-4511-804f2-341342852c90",
        "Date": "Fri, 20 Nov 2026 10:00:00 +0000",
        "TextBody": "We keep a register – and then?\n",
        "HtmlBody": "",
        "StrippedTextReply": "",
        "Tag": "",
        "Headers": [
            {"Name": "Return-Path", "Value": "<amina@example.org>"},
            {"Name": "Message-ID", "Value": "<1@example.org>"},
            {"Name": "In-Reply-To", "Value": "<2@exchange.example>"},
        ],
        "Attachments": [
            {
                "Name": "form.pdf",
                "Content": base64.b64encode(b"%PDF" + b"x" * 3_000_000).decode(),
                "ContentType": "application/pdf",
                "ContentLength": 3_000_004,
            }
        ],
    }


def post(client: Client, address: str, said: dict[str, object]) -> int:
    return client.post(
        f"/mail/hooks/{address}", json.dumps(said), content_type="application/json"
    ).status_code


@pytest.mark.django_db
def test_a_mail_from_mailgun_goes_into_the_spool_as_it_came(serve, settings):
    client = serve("mailgun")

    assert (
        client.post("/mail/hooks/mailgun/inbound_mime/", mailgun_mail(letter())).status_code == 200
    )

    [mail] = arrivals(settings.MAIL_IN_DIR)
    assert mail.raw == letter()
    assert mail.notes["via"] == "webhook"
    assert (mail.notes["from"], mail.notes["to"]) == (
        "amina@example.org",
        "reply+abc@exchange.example",
    )


@pytest.mark.django_db
def test_a_mail_from_postmark_is_put_together_from_its_parts(serve, settings):
    assert post(serve("postmark"), "postmark/inbound/", postmark_mail()) == 200

    [mail] = arrivals(settings.MAIL_IN_DIR)
    assert (mail.notes["from"], mail.notes["to"]) == ("amina@example.org", "ask@exchange.example")
    for words in (
        b"In-Reply-To: <2@exchange.example>",
        b"Message-ID: <1@example.org>",
        b"form.pdf",
    ):
        assert words in mail.raw
    assert len(mail.raw) > 3_000_000, "larger than any form of ours"


@pytest.mark.django_db
def test_what_cannot_be_stored_is_tried_again_by_the_service(serve, settings):
    client = serve("mailgun")
    settings.MAIL_IN_DIR.write_text("a file where the folder should be")

    assert (
        client.post("/mail/hooks/mailgun/inbound_mime/", mailgun_mail(letter())).status_code == 500
    )


@pytest.mark.django_db
@pytest.mark.parametrize("secret", ["", "hook:wrong", SECRET[:-1]])
def test_who_does_not_know_the_secret_hands_in_nothing(serve, settings, secret):
    client = serve("postmark")
    pair = base64.b64encode(secret.encode()).decode()
    client.defaults["HTTP_AUTHORIZATION"] = f"Basic {pair}" if secret else ""

    assert post(client, "postmark/inbound/", postmark_mail()) == 400
    assert not settings.MAIL_IN_DIR.exists()


@pytest.mark.django_db
def test_who_cannot_sign_hands_in_nothing(serve, settings):
    said = mailgun_mail(letter()) | signature(key="another")

    assert serve("mailgun").post("/mail/hooks/mailgun/inbound_mime/", said).status_code == 400
    assert not settings.MAIL_IN_DIR.exists()


@pytest.mark.django_db
def test_only_the_service_in_use_has_an_address(serve):
    client = serve("mailgun")

    assert post(client, "postmark/inbound/", postmark_mail()) == 404
    assert client.get("/mail/hooks/mailgun/tracking/").status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ({}, "hard"),
        ({"delivery-status": {"message": "", "description": ""}}, "hard"),
        ({"delivery-status": {"message": "552 5.2.2 mailbox full"}}, "soft"),
        ({"delivery-status": {"message": "550 5.7.1 rejected by policy"}}, "policy"),
        ({"severity": "temporary"}, "delayed"),
        ({"event": "complained"}, "complaint"),
        ({"event": "unsubscribed"}, "complaint"),
    ],
)
def test_mailgun_reports_what_became_of_a_mail(serve, sent, data, kind):
    assert post(serve("mailgun"), "mailgun/tracking/", mailgun_report(sent, **data)) == 200

    [bounce] = Bounce.objects.all()
    assert (bounce.mail_id, bounce.kind, bounce.read_by) == (sent.pk, kind, "webhook")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ({"RecordType": "Bounce", "Type": "HardBounce"}, "hard"),
        ({"RecordType": "Bounce", "Type": "SoftBounce"}, "soft"),
        ({"RecordType": "Bounce", "Type": "Blocked"}, "policy"),
        ({"RecordType": "Bounce", "Type": "Transient"}, "delayed"),
        ({"RecordType": "Bounce", "Type": "BadEmailAddress"}, "hard"),
        ({"RecordType": "SpamComplaint", "Type": "SpamComplaint"}, "complaint"),
    ],
)
def test_postmark_reports_by_the_recipient_alone(serve, sent, said, kind):
    report = {
        "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483",
        "ID": 42,
        "Email": sent.to_address,
        "BouncedAt": "2026-11-20T10:00:00Z",
        "Description": "",
        "Details": "",
        **said,
    }
    client = serve("postmark")

    assert [post(client, "postmark/tracking/", report) for _ in range(2)] == [200, 200]
    [bounce] = Bounce.objects.all()
    assert (bounce.mail_id, bounce.kind) == (sent.pk, kind)


@pytest.mark.django_db
def test_a_report_of_good_news_or_of_no_mail_of_ours_is_nothing(serve, sent):
    client = serve("mailgun")

    assert post(client, "mailgun/tracking/", mailgun_report(sent, event="delivered")) == 200
    assert post(client, "mailgun/tracking/", mailgun_report(sent, event="opened")) == 200
    other = mailgun_report(
        sent, recipient="nobody@example.org", message={"headers": {"message-id": "x@example.org"}}
    )
    assert post(client, "mailgun/tracking/", other) == 200
    assert not Bounce.objects.exists()
