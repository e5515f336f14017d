"""Channels: told once of what is out and of what is taken back, signed, retried, rested.
A real server on loopback takes them. Run by pytest alone."""

import hashlib
import hmac
import json
import logging
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.test import Client

from exchange.announcing.models import Channel, Telling
from exchange.announcing.webhooks import actions, rules
from exchange.contributions import sealing
from exchange.contributions.actions import leave_out, let_back, withdraw
from exchange.core import keeping
from exchange.core.time import now
from exchange.ledger import worker
from exchange.ledger.models import Delivery, Event
from exchange.mail.models import OutgoingMail
from tests.announcing.conftest import due_again
from tests.webinars.conftest import planned

pytestmark = pytest.mark.django_db
SECRET = "a secret of sixteen letters and more"


class Service(ThreadingHTTPServer):
    """Keeps what it is sent and answers with `status`."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Taking)
        self.taken, self.status = [], 200

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/hooks/T0/B0/secret-part"

    @property
    def said(self):
        return [json.loads(body) for _headers, body in self.taken]


class _Taking(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append((dict(self.headers), body))
        self.send_response(self.server.status)
        if self.server.status == 302:
            self.send_header("Location", self.server.url)
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
def channel(service, beatriz):
    return made(service, beatriz)


def test_words_that_left_how_it_begins_are_taken_back_and_it_is_told_anew(
    service, channel, publish
):
    row = publish()
    worker.run_until_idle()
    before = service.said[0]

    leave_out(contribution=row, cleaned=lambda text: text.replace(row.title, "Another title"))
    worker.run_until_idle()

    gone, anew = sorted(service.said[1:], key=lambda one: one["what"])
    assert (gone["what"], gone["id"]) == ("gone", before["id"])
    assert (anew["what"], anew["title"]) == ("published", "Another title")
    assert anew["id"] != before["id"]


def made(service, by, **other):
    given = {"name": "Ours", "address": service.url, "secret": SECRET, "form": "ours", **other}
    return actions.make_channel(by=by, **given)


def test_what_is_published_is_told_once(service, channel, publish):
    row = publish()
    worker.run_until_idle()
    worker.run_until_idle()

    told = service.said[0]
    assert len(service.taken) == 1
    assert (told["what"], told["kind"], told["title"]) == ("published", "brief", row.title)
    assert told["address"] == f"http://testserver{row.get_absolute_url()}"
    assert (told["language"], told["hub"], told["version"]) == ("en", "", 1)
    assert Telling.objects.get().fate == Telling.Fate.SENT
    assert "Beatriz" not in str(told)


def test_the_signature_is_of_the_moment_and_the_body(service, channel, publish):
    publish()
    worker.run_until_idle()
    headers, body = service.taken[0]
    parts = dict(part.split("=") for part in headers["Exchange-Signature"].split(","))
    mark = hmac.new(SECRET.encode(), f"{parts['t']}.".encode() + body, hashlib.sha256)

    assert hmac.compare_digest(mark.hexdigest(), parts["v1"])
    assert abs(int(parts["t"]) - time.time()) < 60
    assert headers["Exchange-Delivery"].endswith("-new")
    # RFC 4231 has no such form; this is what any other program must come to.
    assert rules.signed("key", b"{}", moment=1) == (
        "t=1,v1=" + hmac.new(b"key", b"1.{}", "sha256").hexdigest()
    )


@pytest.mark.parametrize(("form", "field"), [("text", "text"), ("content", "content")])
def test_services_that_show_a_text_get_one_that_calls_nobody(
    service, beatriz, publish, form, field
):
    made(service, beatriz, form=form, secret="")
    publish("All <!channel> and @everyone")
    worker.run_until_idle()
    headers, _body = service.taken[0]
    text = service.said[0][field]

    assert "‹!channel›" in text
    assert "@everyone" not in text
    assert "http://testserver/briefs/" in text
    assert "Exchange-Signature" not in headers


def test_only_what_it_wants(service, beatriz, publish):
    made(service, beatriz, kinds="webinar", hubs="east-africa", languages="en")
    publish()
    planned(beatriz, hub="west-africa")
    planned(beatriz, title="Ours to hear", hub="east-africa")
    worker.run_until_idle()

    assert [one["title"] for one in service.said] == ["Ours to hear"]
    assert "Nairobi" in service.said[0]["when"]


@pytest.mark.parametrize("act", ["withdraw", "seal", "hold"])
def test_who_was_told_is_told_when_it_is_taken_back(service, channel, publish, beatriz, act):
    row = publish("A title that stays secret")
    worker.run_until_idle()
    if act == "withdraw":
        withdraw(contribution=row, by=beatriz)
    else:
        (sealing.seal if act == "seal" else sealing.hold_for_reports)(contribution=row)
    worker.run_until_idle()

    first, last = service.said
    assert (last["what"], last["id"]) == ("gone", first["id"])
    assert "secret" not in str(last)


def test_a_text_that_it_was_taken_back(service, beatriz, publish):
    made(service, beatriz, form="text")
    row = publish("A title that stays secret")
    worker.run_until_idle()
    withdraw(contribution=row, by=beatriz)
    worker.run_until_idle()

    text = service.said[1]["text"]
    assert f"/briefs/{row.pk}-" in text
    assert "stays" not in text


def test_who_was_not_told_is_not_told_that_it_is_gone(service, channel, publish, beatriz):
    service.status = 503
    row = publish()
    worker.run_until_idle()
    service.taken.clear()
    withdraw(contribution=row, by=beatriz)
    service.status = 200
    due_again()
    worker.run_until_idle()

    assert service.taken == []
    assert set(Telling.objects.values_list("what", "fate", "code")) == {
        ("new", "dropped", "taken-back"),
        ("gone", "dropped", "not-told"),
    }


def test_a_worker_that_died_on_the_way_leaves_a_doubt_and_the_end_is_told(
    service, channel, publish, beatriz
):
    row = publish()
    worker.run_until_idle()
    long_ago = now() - timedelta(minutes=9)
    Telling.objects.update(fate="going", at=long_ago)
    withdraw(contribution=row, by=beatriz)
    worker.run_until_idle()

    assert [one["what"] for one in service.said] == ["published", "gone"]


def test_let_out_again_it_is_told_with_another_key(service, channel, publish, desta):
    row = publish()
    worker.run_until_idle()
    withdraw(contribution=row, by=desta)
    worker.run_until_idle()
    let_back(contribution=row, by=desta)
    worker.run_until_idle()

    assert [one["what"] for one in service.said] == ["published", "gone", "published"]
    assert service.said[0]["id"] != service.said[2]["id"]


def test_a_service_that_is_away_is_tried_again(service, channel, publish):
    service.status = 503
    publish()
    worker.run_until_idle()
    row = Telling.objects.get()
    assert (row.fate, row.code, row.tries) == ("waiting", "answered-503", 1)
    assert Channel.objects.get().failing_since

    service.status = 204
    due_again()
    worker.run_until_idle()
    row.refresh_from_db()
    assert (row.fate, row.tries) == ("sent", 2)
    assert Channel.objects.get().failing_since is None
    one, two = (headers["Exchange-Delivery"] for headers, _body in service.taken)
    assert one == two


@pytest.mark.parametrize("status", [302, 400, 404, 410])
def test_a_service_that_will_not_have_it_is_a_dead_letter(service, channel, publish, status):
    service.status = status
    publish()
    worker.run_until_idle()

    assert len(service.taken) == 1
    dead = Delivery.objects.get(consumer="announcing.tell_channel")
    assert (dead.state, dead.last_error) == ("dead", f"webhook-answered-{status}")
    assert Telling.objects.get().fate == "failed"


def test_after_three_days_it_rests_and_hosts_are_told_once(
    service, channel, publish, beatriz, desta
):
    service.status = 500
    publish()
    worker.run_until_idle()
    Channel.objects.update(failing_since=now() - timedelta(days=4))
    publish("Another")
    due_again()
    worker.run_until_idle()

    assert Channel.objects.get().rests_since
    assert Event.objects.filter(kind="channel.rests").count() == 1
    letters = OutgoingMail.objects.filter(purpose="channel-rests")
    assert set(letters.values_list("to_address", flat=True)) == {beatriz.email, desta.email}
    assert all(SECRET not in one.text and "secret-part" not in one.text for one in letters)
    service.taken.clear()
    publish("A third")
    worker.run_until_idle()
    assert service.taken == []

    actions.set_resting(channel=channel, rests=False, by=beatriz)
    service.status = 200
    publish("A fourth")
    worker.run_until_idle()
    assert [one["title"] for one in service.said] == ["A fourth"]


def test_address_and_secret_lie_locked_and_are_never_logged(service, channel, publish, caplog):
    caplog.set_level(logging.DEBUG)
    service.status = 500
    publish()
    worker.run_until_idle()
    row = Channel.objects.get()

    kept = " ".join(str(value) for value in row.__dict__.values())
    assert SECRET not in kept
    assert "secret-part" not in kept
    assert keeping.opened(row.secret, room="announcing") == SECRET
    assert "secret-part" not in caplog.text
    assert SECRET not in caplog.text
    everything = " ".join(str(event.detail) for event in Event.objects.all())
    assert "127.0.0.1" not in everything


def test_locked_with_another_key_nothing_is_sent(service, channel, publish, settings):
    settings.SECRET_KEY = "another"
    publish()
    worker.run_until_idle()

    assert service.taken == []
    assert Telling.objects.get().code == "address-lost"


def test_in_production_an_address_inside_is_refused_when_it_is_used(
    service, channel, publish, settings
):
    settings.PRODUCTION = True
    Channel.objects.update(
        address=keeping.locked(service.url.replace("http:", "https:"), room="announcing"), secret=""
    )
    publish()
    worker.run_until_idle()

    assert service.taken == []
    assert Telling.objects.get().code == "address-not-public"


def test_the_page_of_a_channel_shows_titles_of_what_is_still_public(
    service, channel, publish, beatriz, signed_in, django_assert_max_num_queries
):
    for number in range(5):
        row = publish(f"Number {number}")
    worker.run_until_idle()
    host = signed_in(Client(), beatriz)
    page = f"/desk/announcing/{channel.pk}/"
    assert "Number 4" in host.get(page).content.decode()
    withdraw(contribution=row, by=beatriz)

    with django_assert_max_num_queries(8):
        shown = host.get(page).content.decode()
    assert "Number 3" in shown
    assert "Number 4" not in shown
