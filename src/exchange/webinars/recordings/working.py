"""What the worker does for recordings: join the minutes, ask the engine where one is, delete there.
Called by hooks, with no transaction open."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings

from exchange.core.time import now
from exchange.ledger.registry import GiveUp, Later, NotYet
from exchange.webinars.errors import NotNow
from exchange.webinars.models import Recording
from exchange.webinars.recordings import actions, joining, places
from exchange.webinars.recordings.errors import NotJoined
from exchange.webinars.rooms import engines
from exchange.webinars.rooms.errors import EngineSaysNo, EngineTrouble
from exchange.webinars.sound import places as sounds
from exchange.webinars.sound import queries as sound
from exchange.webinars.sound.upkeep import gather

_SETTLES = 15.0
_LONGEST_WAIT = timedelta(days=1)
# What people can open on a small line first.
_BEST = ("podcast", "audio", "video", "presentation")
State = Recording.State


def make(recording_id: int) -> None:
    """Raises Later, NotYet, GiveUp."""
    row = Recording.objects.select_related("webinar").filter(pk=recording_id).first()
    if row is None or row.state != State.MAKING or not row.webinar.is_public:
        return
    try:
        if row.kind == Recording.Kind.SOUND:
            _join(row)
        else:
            _ask(row)
    except NotNow:
        # Taken away meanwhile: nothing of it stays.
        places.destroy(row.key)


def delete_there(recording_id: int) -> None:
    """What was taken away here goes at the engine too. Raises Later."""
    row = Recording.objects.filter(pk=recording_id, state=State.GONE).first()
    server = engines.bigbluebutton()
    if row is None or not row.engine_id or server is None:
        return
    try:
        server.delete(row.engine_id)
    except EngineSaysNo:
        return
    except EngineTrouble as trouble:
        raise Later(trouble.code.lower()) from None


def _join(row: Recording) -> None:
    webinar = row.webinar
    # A sound program that fell does not keep the recording waiting for ever.
    waits = now() - webinar.ends_at < _LONGEST_WAIT
    if waits and not sound.is_settled(webinar):
        raise NotYet("sound-open", seconds=_SETTLES)
    for key in webinar.broadcasts.values_list("key", flat=True):
        gather(sounds.place(settings.DATA_DIR, key))
    try:
        joined = joining.join(sound.pieces(webinar), key=row.key)
    except NotJoined as trouble:
        raise GiveUp(trouble.code) from None
    actions.made(recording=row, joined=joined)


def _ask(row: Recording) -> None:
    server = engines.bigbluebutton()
    if server is None:
        raise GiveUp("engine-not-set-up")
    try:
        found = server.recordings(recording=row.engine_id)
    except EngineTrouble as trouble:
        raise Later(trouble.code.lower()) from None
    addresses = next((one.addresses for one in found if one.id == row.engine_id), {})
    if not addresses:
        raise Later("no-playback-yet")
    best = next((name for name in _BEST if name in addresses), min(addresses))
    seconds = next(one.seconds for one in found if one.id == row.engine_id)
    actions.found_elsewhere(recording=row, address=addresses[best][:1000], seconds=seconds)
