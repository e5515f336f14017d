"""The address of a room of Jitsi Meet for one person, with a token where the server asks for one.
Called by `actions`; knows the protocol and plain values, no webinar."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote, urlencode, urlsplit

import jwt

# So long the address opens the room; whoever loses it comes back through our door.
OPENS_FOR = timedelta(minutes=15)
_CLOCKS_DIFFER = timedelta(seconds=30)
# Little data: sound first, two small pictures at most, nothing fetched from third parties.
_LIGHT = {
    "startAudioOnly": True,
    "startWithVideoMuted": True,
    "startWithAudioMuted": True,
    "resolution": 180,
    "channelLastN": 2,
    "disableThirdPartyRequests": True,
    "enableLayerSuspension": True,
    "prejoinConfig.enabled": True,
}


@dataclass(frozen=True)
class Jitsi:
    """One server; without an app and its secret it is open to everybody who knows a room."""

    base: str
    app: str = ""
    secret: str = ""

    def address(self, *, room: str, name: str, person: str, leads: bool, moment: datetime) -> str:
        """Where a browser goes to come in as this person. Made at the click, for a short time."""
        place = room_name(room)
        query = ""
        if self.secret:
            query = "?" + urlencode({"jwt": self._token(place, name, person, leads, moment)})
        options = {f"config.{key}": value for key, value in _LIGHT.items()}
        told = {**options, "userInfo.displayName": name}
        fragment = "&".join(f"{key}={quote(json.dumps(value))}" for key, value in told.items())
        return f"{self.base}/{place}{query}#{fragment}"

    def _token(self, place: str, name: str, person: str, leads: bool, moment: datetime) -> str:
        """Every field of the person is text: the server stumbles over anything else. No address
        of theirs stands in it."""
        claims = {
            "aud": self.app,
            "iss": self.app,
            "sub": urlsplit(self.base).hostname or "*",
            "room": place,
            "nbf": int((moment - _CLOCKS_DIFFER).timestamp()),
            "exp": int((moment + OPENS_FOR).timestamp()),
            "context": {
                "user": {
                    "id": person,
                    "name": name,
                    "moderator": "true" if leads else "false",
                    "affiliation": "owner" if leads else "member",
                },
                "features": {"recording": "false", "livestreaming": "false"},
            },
        }
        return jwt.encode(claims, self.secret, algorithm="HS256")


def room_name(key: str) -> str:
    """Names of rooms are read without capitals there, so ours has none."""
    return "w" + hashlib.sha256(key.encode()).hexdigest()[:32]
