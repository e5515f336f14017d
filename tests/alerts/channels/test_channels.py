"""Ways other than mail: encrypted notices to browsers, messages through gateways, and their ends.
Real sockets stand for the services. Run by pytest alone."""

import base64
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import http_ece
import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.urls import reverse

from exchange.alerts.channels import actions, gateways, push
from exchange.alerts.models import Device, Number
from exchange.ledger import worker
from exchange.ledger.models import Delivery
from exchange.mail import channels
from exchange.mail.models import OutgoingMail

pytestmark = pytest.mark.django_db


class Service(HTTPServer):
    """Keeps what it is sent and answers with `status`."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Taking)
        self.taken, self.status = [], 201

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/to/here"


class _Taking(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append((self.path, dict(self.headers), body))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture
def service() -> Iterator[Service]:
    with Service() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield server
        server.shutdown()


@pytest.fixture
def browser():
    """The keys of somebody's browser."""
    return ec.generate_private_key(ec.SECP256R1())


def packed(raw):
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def point(key):
    return key.public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )


@pytest.fixture
def device(amina, browser, service):
    """Her phone, told by a service on this machine."""
    return Device.objects.create(
        member=amina, endpoint=service.url, key=packed(point(browser)), secret=packed(b"s" * 16)
    )


def test_a_browser_gets_a_notice_that_only_it_can_read_and_that_says_nothing(
    amina, device, browser, service
):
    actions.tell_beside(member=amina, item="reply:1", key="alert:contribution:1:reply:1:1")
    worker.run_until_idle()

    ((path, headers, body),) = service.taken
    clear = http_ece.decrypt(body, private_key=browser, auth_secret=b"s" * 16, version="aes128gcm")
    assert path == "/to/here"
    assert json.loads(clear) == {
        "title": "The Exchange",
        "body": "There is something new for you.",
        "home": "/",
    }
    assert headers["Content-Encoding"] == "aes128gcm"
    assert OutgoingMail.objects.get(channel="push").state == "sent"


def test_the_service_can_check_who_sends(device, service, amina, settings):
    actions.tell_beside(member=amina, item="reply:1", key="alert:1")
    worker.run_until_idle()

    scheme, _, rest = service.taken[0][1]["Authorization"].partition(" ")
    token, key = (pair.partition("=")[2] for pair in rest.split(","))
    raw = base64.urlsafe_b64decode(key + "=" * (-len(key) % 4))
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw)
    said = jwt.decode(token, public, algorithms=["ES256"], audience=service.url[:-8])
    assert scheme == "vapid"
    assert said["sub"] == f"mailto:{settings.CONTACT}"
    assert key == push.public_key()


def test_a_browser_that_is_gone_is_forgotten(device, service, amina):
    service.status = 410
    actions.tell_beside(member=amina, item="reply:1", key="alert:1")
    worker.run_until_idle()

    assert not Device.objects.exists()
    assert OutgoingMail.objects.get().state == "failed"


def test_a_service_in_trouble_is_asked_again_later(device, service, amina):
    service.status = 503
    actions.tell_beside(member=amina, item="reply:1", key="alert:1")
    worker.run_until_idle()

    assert Device.objects.exists()
    assert OutgoingMail.objects.get().state == "queued"
    assert Delivery.objects.filter(last_error="push-503").exists()


def test_a_private_address_is_never_posted_to(device, service, amina, settings):
    settings.PRODUCTION = True
    settings.SMTP_URL = "smtp://127.0.0.1:9"
    actions.tell_beside(member=amina, item="reply:1", key="alert:1")
    worker.run_until_idle()

    assert service.taken == []


@pytest.mark.parametrize(
    ("endpoint", "key", "secret"),
    [
        ("http://push.example/1", None, None),
        ("https://push.example/1", "AAAA", None),
        ("https://push.example/1", None, "AAAA"),
        ("https://push.example/1", "not base64!", None),
    ],
)
def test_keys_that_no_browser_makes_are_refused(amina, browser, endpoint, key, secret):
    good_key, good_secret = packed(point(browser)), packed(b"s" * 16)
    with pytest.raises(actions.NotPossible):
        actions.add_device(
            member=amina, endpoint=endpoint, key=key or good_key, secret=secret or good_secret
        )
    actions.add_device(
        member=amina, endpoint="https://push.example/1", key=good_key, secret=good_secret
    )
    assert Device.objects.count() == 1


def test_the_oldest_browser_makes_room(amina, browser):
    for number in range(7):
        actions.add_device(
            member=amina,
            endpoint=f"https://push.example/{number}",
            key=packed(point(browser)),
            secret=packed(b"s" * 16),
        )
    assert Device.objects.filter(member=amina).count() == actions.MOST_DEVICES
    assert not Device.objects.filter(endpoint="https://push.example/0").exists()


# --- gateways ---


@pytest.fixture
def sms(service, settings, monkeypatch):
    """A gateway for SMS, set up by a host."""
    settings.GATEWAYS = "sms=" + service.url.replace("http://", "http://us:pass%20word@")
    monkeypatch.setitem(channels._carriers, "sms", gateways.carry)
    service.status = 200
    return service


def sent(service):
    return [json.loads(body) for _path, _headers, body in service.taken]


def test_a_number_is_confirmed_by_the_code_that_was_sent_to_it(amina, sms):
    actions.add_number(member=amina, gateway="sms", address="+254700000001")
    worker.run_until_idle()
    (told,) = sent(sms)
    code = told["text"][:6]

    with pytest.raises(actions.WrongCode):
        actions.confirm_number(
            member=amina, gateway="sms", code="000000" if code != "000000" else "1"
        )
    number = actions.confirm_number(member=amina, gateway="sms", code=code)

    assert told["to"] == "+254700000001"
    assert number.confirmed_at is not None
    pair = base64.b64decode(sms.taken[0][1]["Authorization"].partition(" ")[2])
    assert pair == b"us:pass word"


def test_three_wrong_codes_end_it(amina, sms):
    actions.add_number(member=amina, gateway="sms", address="+254700000001")
    worker.run_until_idle()
    code = sent(sms)[0]["text"][:6]
    for _time in range(3):
        with pytest.raises(actions.WrongCode):
            actions.confirm_number(member=amina, gateway="sms", code="x")
    with pytest.raises(actions.WrongCode):
        actions.confirm_number(member=amina, gateway="sms", code=code)


def test_a_fourth_code_of_a_day_is_not_sent(amina, sms):
    for _time in range(3):
        actions.add_number(member=amina, gateway="sms", address="+254700000001")
    with pytest.raises(actions.NotPossible):
        actions.add_number(member=amina, gateway="sms", address="+254700000001")


def test_only_a_confirmed_number_is_told_neutrally_with_a_way_to_stop(amina, sms, visitor):
    number = Number.objects.create(member=amina, gateway="sms", address="+254700000001")
    actions.tell_beside(member=amina, item="reply:1", key="alert:1")
    Number.objects.update(confirmed_at="2026-11-20T10:00Z")
    actions.tell_beside(member=amina, item="reply:2", key="alert:2")
    worker.run_until_idle()

    (told,) = sent(sms)
    stop = reverse("alerts:number-stop", args=[number.token])
    assert "something new" in told["text"]
    assert stop in told["text"]
    assert len(told["text"]) < 300
    assert visitor.get(stop).status_code == 200
    assert Number.objects.exists()
    assert visitor.post(stop).status_code == 200
    assert not Number.objects.exists()
    assert visitor.get(stop).status_code == 404


@pytest.mark.parametrize(("status", "state"), [(200, "sent"), (503, "queued"), (400, "failed")])
def test_what_a_gateway_answers_is_what_becomes_of_a_message(amina, sms, status, state):
    sms.status = status
    Number.objects.create(
        member=amina, gateway="sms", address="+254700000001", confirmed_at="2026-11-20T10:00Z"
    )
    actions.tell_beside(member=amina, item="reply:2", key="alert:2")
    worker.run_until_idle()
    assert OutgoingMail.objects.get().state == state


def test_a_number_taken_away_meanwhile_gets_nothing(amina, sms):
    Number.objects.create(
        member=amina, gateway="sms", address="+254700000001", confirmed_at="2026-11-20T10:00Z"
    )
    actions.tell_beside(member=amina, item="reply:2", key="alert:2")
    actions.remove_number(member=amina, gateway="sms")
    worker.run_until_idle()
    assert sms.taken == []


def test_a_gateway_that_nobody_set_up_is_refused(amina, settings):
    settings.GATEWAYS = ""
    with pytest.raises(actions.NotPossible):
        actions.add_number(member=amina, gateway="sms", address="+254700000001")


# --- the page ---


def test_the_page_takes_a_number_in_any_shape_and_keeps_what_was_typed(
    amina, sms, client, signed_in
):
    signed_in(client, amina)
    page = client.post(reverse("alerts:number"), {"gateway": "sms", "address": "0700 000 001"})
    assert page.status_code == 422
    assert "0700 000 001" in page.content.decode()

    client.post(reverse("alerts:number"), {"gateway": "sms", "address": "+٢٥٤ 700-000-001"})
    assert Number.objects.get().address == "+254700000001"
    worker.run_until_idle()
    code = sent(sms)[0]["text"][:6]
    wrong = client.post(reverse("alerts:number-code", args=["sms"]), {"code": "000 00"})
    assert wrong.status_code == 422
    assert "That is not the code." in wrong.content.decode()
    assert 'value="000 00"' in wrong.content.decode()
    client.post(reverse("alerts:number-code", args=["sms"]), {"code": code})
    assert Number.objects.get().confirmed_at is not None


def test_the_page_offers_no_number_where_there_is_no_gateway(amina, client, signed_in, settings):
    settings.GATEWAYS = ""
    page = signed_in(client, amina).get(reverse("alerts:channels"))
    assert page.status_code == 200
    assert 'name="gateway"' not in page.content.decode()


def test_the_page_keeps_the_ways_of_every_page(amina, client, signed_in):
    page = signed_in(client, amina).get(reverse("alerts:channels")).content.decode()
    assert 'href=""' not in page
    assert page.count(f'href="{reverse("contributions:ask")}"') > 1


def test_a_visitor_is_asked_to_sign_in_first(visitor):
    assert visitor.get(reverse("alerts:channels")).status_code == 302


def test_nobody_takes_anothers_browser_away(device, chen, client, signed_in, service):
    signed_in(client, chen).post(reverse("alerts:device"), {"away": device.pk})
    assert Device.objects.filter(pk=device.pk).exists()
