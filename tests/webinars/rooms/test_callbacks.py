"""What an engine tells us: believed when it is signed, young and new; no person is kept.
Run by pytest alone."""

import hashlib
import json
from datetime import timedelta
from urllib.parse import urlencode

import jwt
import pytest
from django.test import Client
from django.urls import reverse

from exchange.contributions.actions import withdraw
from exchange.core.time import now
from exchange.ledger import worker
from exchange.ledger.models import Delivery
from exchange.webinars.models import EngineCall, Hand, Phase, Recording, Seat, Webinar
from exchange.webinars.rooms import actions, callbacks
from exchange.webinars.rooms.comers import door_mark, seat_mark, seat_of_mark
from tests.webinars.conftest import planned, seated
from tests.webinars.rooms import stub_bbb
from tests.webinars.rooms.stub_bbb import SECRET

pytestmark = pytest.mark.django_db


def event(webinar, what, *, room="", **attributes):
    meeting = {"internal-meeting-id": "abc-1", "external-meeting-id": room or webinar.room_key}
    told = {"meeting": meeting, **attributes}
    return {"data": {"type": "event", "id": what, "attributes": told, "event": {"ts": 1}}}


def tell(webinar, *events, at=None, secret=SECRET, bearer=False, to=None, algorithm="sha1"):
    """As bbb-webhooks does: a form, the checksum of address, body and secret in the query."""
    stamp = int((at or now()).timestamp() * 1000)
    body = urlencode({"domain": "bbb", "event": json.dumps(list(events)), "timestamp": stamp})
    path = reverse("webinar-hook", args=[(to or webinar).pk])
    text = f"http://testserver{path}{body}{secret}"
    kind = "application/x-www-form-urlencoded"
    if bearer:
        header = {"Authorization": f"Bearer {secret}"}
        return Client().post(path, body, content_type=kind, headers=header)
    mark = hashlib.new(algorithm, text.encode()).hexdigest()
    return Client().post(f"{path}?checksum={mark}", body, content_type=kind)


def hand(webinar, seat, *, up=True):
    person = {"external-user-id": seat_mark(webinar.pk, seat.pk), "raise-hand": up, "name": "Amina"}
    return event(webinar, "user-raise-hand-changed", user=person)


@pytest.fixture
def seat_of_amina(roomy, amina):
    return seated(roomy, amina)


def hands(webinar):
    return list(
        Hand.objects.filter(webinar=webinar, down_at=None).values_list("seat_id", flat=True)
    )


def test_a_hand_raised_in_the_room_is_a_hand_of_the_dialogue(roomy, seat_of_amina):
    assert tell(roomy, hand(roomy, seat_of_amina)).status_code == 204
    assert hands(roomy) == [seat_of_amina.pk]

    assert tell(roomy, hand(roomy, seat_of_amina, up=False), bearer=True).status_code == 204
    assert hands(roomy) == []
    kept = list(EngineCall.objects.values())
    assert "Amina" not in str(kept)
    assert seat_mark(roomy.pk, seat_of_amina.pk) not in str(kept)


@pytest.mark.parametrize("algorithm", ["sha1", "sha256", "sha384", "sha512"])
def test_every_checksum_of_a_call_is_believed(roomy, seat_of_amina, algorithm):
    assert tell(roomy, hand(roomy, seat_of_amina), algorithm=algorithm).status_code == 204
    assert hands(roomy) == [seat_of_amina.pk]


def test_a_call_with_another_secret_or_none_changes_nothing(roomy, seat_of_amina):
    path = reverse("webinar-hook", args=[roomy.pk])

    answers = [
        tell(roomy, hand(roomy, seat_of_amina), secret="another"),
        tell(roomy, hand(roomy, seat_of_amina), secret="another", bearer=True),
        Client().post(path, {"event": "[]"}),
        Client().post(path, b"\xff" * 100, content_type="text/plain"),
    ]

    assert [answer.status_code for answer in answers] == [401] * 4
    assert Client().get(path).status_code == 405
    assert hands(roomy) == []
    assert not EngineCall.objects.exists()


def test_a_call_that_is_too_old_or_from_the_future_changes_nothing(roomy, seat_of_amina):
    one = hand(roomy, seat_of_amina)

    assert tell(roomy, one, at=now() - timedelta(minutes=16)).status_code == 401
    assert tell(roomy, one, at=now() + timedelta(minutes=6)).status_code == 401
    assert hands(roomy) == []
    assert tell(roomy, one, at=now() - timedelta(minutes=14)).status_code == 204
    assert hands(roomy) == [seat_of_amina.pk]


def test_the_same_call_again_changes_nothing(roomy, seat_of_amina):
    tell(roomy, hand(roomy, seat_of_amina))
    Hand.objects.filter(webinar=roomy).update(down_at=now())

    assert tell(roomy, hand(roomy, seat_of_amina)).status_code == 204

    assert hands(roomy) == []
    assert EngineCall.objects.count() == 1


def test_a_hook_of_one_room_says_nothing_about_another(roomy, seat_of_amina, beatriz):
    other = planned(beatriz, engine="bbb", phase=Phase.LIVE, starts_at=now())
    theirs = hand(roomy, seat_of_amina)

    assert tell(other, theirs).status_code == 204
    assert tell(roomy, event(roomy, "meeting-ended", room="unknown")).status_code == 204

    assert hands(roomy) == []
    assert not EngineCall.objects.exists()


def test_a_mark_of_somebody_else_or_of_nobody_is_no_seat(roomy, beatriz, seat_of_amina):
    other = planned(beatriz)
    mark = seat_mark(roomy.pk, seat_of_amina.pk)

    assert seat_of_mark(roomy.pk, mark) == seat_of_amina.pk
    assert seat_of_mark(other.pk, mark) is None
    for wrong in (None, 7, "", "s", "s1", "w_abc", f"s{seat_of_amina.pk}-00", mark + "é"):
        assert seat_of_mark(roomy.pk, wrong) is None


@pytest.mark.parametrize(
    "words",
    ["", "{", "[]", "[1]", '[{"data": 1}]', '{"data": {"id": "user-joined"}}', "[" * 9000],
)
def test_words_we_do_not_listen_to_are_let_pass(roomy, words):
    body = urlencode({"event": words, "timestamp": int(now().timestamp() * 1000)})

    taken = callbacks.hear(webinar_id=roomy.pk, body=body.encode(), checksum="", bearer=SECRET)

    assert taken == 0


def test_a_seat_given_up_has_no_hand(roomy, seat_of_amina):
    Seat.objects.filter(pk=seat_of_amina.pk).update(state=Seat.State.GIVEN_UP)

    tell(roomy, hand(roomy, seat_of_amina))

    assert hands(roomy) == []


def test_that_the_room_ended_is_noted_however_it_is_told(roomy):
    address = reverse("webinar-ended", args=[roomy.pk, door_mark(roomy.pk)])

    assert Client().get(f"{address}?recordingmarks=true").status_code == 204
    assert Client().get(address).status_code == 204
    assert EngineCall.objects.filter(what="meeting-ended").count() == 1
    assert tell(roomy, event(roomy, "meeting-ended")).status_code == 204
    assert EngineCall.objects.filter(what="meeting-ended").count() == 2
    wrong = reverse("webinar-ended", args=[roomy.pk, door_mark(roomy.pk + 1)])
    assert Client().get(wrong).status_code == 404
    roomy.refresh_from_db()
    assert roomy.phase == Phase.LIVE


def signed(webinar, *, secret=SECRET, room="", number="rec-1"):
    claims = {"meeting_id": room or webinar.room_key, "record_id": number}
    return {"signed_parameters": jwt.encode(claims, secret.ljust(32, "."), algorithm="HS256")}


@pytest.fixture
def long_secret(settings, stub):
    """Tokens are signed with the whole secret; this one is long enough not to be warned about."""
    settings.BBB = f"{stub.base} {SECRET.ljust(32, '.')}"


def test_a_recording_that_is_ready_becomes_a_row_once(roomy, long_secret):
    address = reverse("webinar-recorded", args=[roomy.pk])

    assert Client().post(address, signed(roomy)).status_code == 204
    assert Client().post(address, signed(roomy)).status_code == 204

    row = Recording.objects.get(webinar=roomy)
    assert (row.engine_id, row.kind, row.state) == ("rec-1", "elsewhere", "making")
    row.state = Recording.State.GONE
    row.save()
    assert Client().post(address, signed(roomy)).status_code == 410
    assert Recording.objects.count() == 1


def test_a_recording_of_another_room_or_with_another_secret_is_none(roomy, long_secret, beatriz):
    address = reverse("webinar-recorded", args=[roomy.pk])

    assert Client().post(address, signed(roomy, secret="x" * 40)).status_code == 401
    assert Client().post(address, {"signed_parameters": "a.b.c"}).status_code == 401
    none = jwt.encode({"meeting_id": roomy.room_key, "record_id": "r"}, "", algorithm="none")
    assert Client().post(address, {"signed_parameters": none}).status_code == 401
    assert Client().post(address, signed(roomy, room="another")).status_code == 410
    withdraw(contribution=roomy, by=beatriz)
    assert Client().post(address, signed(roomy)).status_code == 410
    assert not Recording.objects.exists()


def test_a_published_recording_told_by_a_hook_is_the_same_row(roomy, stub):
    told = event(roomy, "rap-publish-ended", **{"record-id": "rec-1"})

    assert tell(roomy, told).status_code == 204
    assert tell(roomy, event(roomy, "rap-published", **{"record-id": "rec-1"})).status_code == 204

    assert list(Recording.objects.values_list("engine_id", flat=True)) == ["rec-1"]


def test_the_engine_is_asked_to_tell_and_asked_again_while_it_is_live(roomy, stub):
    actions.open_room(roomy)
    worker.run_until_idle()
    assert [one["callbackURL"] for one in stub.hooks] == [actions.told_address(roomy.pk)]
    assert "user-joined" not in stub.hooks[0]["eventID"]

    stub.hooks.clear()
    assert actions.look_after_rooms(now()) == 1

    assert [one["meetingID"] for one in stub.hooks] == [roomy.room_key]


def test_a_room_is_closed_when_its_webinar_has_ended_a_while_ago(roomy, stub):
    actions.open_room(roomy)
    ended = {"phase": Phase.OVER, "ended_at": now()}
    Webinar.objects.filter(pk=roomy.pk).update(**ended)
    actions.look_after_rooms(now() + timedelta(minutes=14))
    assert list(stub.meetings) == [roomy.room_key]

    actions.look_after_rooms(now() + timedelta(minutes=16))

    assert stub.meetings == {}


def test_a_room_is_closed_at_once_when_its_webinar_is_withdrawn(
    roomy, stub, beatriz, django_capture_on_commit_callbacks
):
    actions.open_room(roomy)

    with django_capture_on_commit_callbacks(execute=True):
        withdraw(contribution=roomy, by=beatriz)
    worker.run_until_idle()

    assert stub.meetings == {}


def test_calls_are_forgotten_after_a_month(roomy):
    callbacks.ended(roomy)

    assert callbacks.forget(now() + timedelta(days=29)) == 0
    assert callbacks.forget(now() + timedelta(days=31)) == 1


def test_an_engine_that_is_down_is_no_dead_letter_but_a_room_that_must_close_is_tried_again(
    roomy, stub, beatriz, django_capture_on_commit_callbacks
):
    actions.open_room(roomy)
    stub.trouble = stub_bbb.says(500, b"")
    worker.run_until_idle()
    with django_capture_on_commit_callbacks(execute=True):
        withdraw(contribution=roomy, by=beatriz)

    worker.run_until_idle()

    owed = Delivery.objects.filter(run_after__isnull=False).exclude(consumer="")
    ours = owed.filter(consumer__in=("webinars.be_told_of_room", "webinars.close_room"))
    assert set(ours.values_list("consumer", flat=True)) == {"webinars.close_room"}


def test_a_call_of_too_many_words_is_not_read(roomy):
    body = ("a=1&" * 100).encode()
    with pytest.raises(callbacks.NotFromEngine):
        callbacks.hear(webinar_id=roomy.pk, body=body, checksum="", bearer=SECRET)
