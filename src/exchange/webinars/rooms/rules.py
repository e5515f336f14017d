"""Who may come into a room, and when; what the engine is told of the room. Pure.
Called by `actions` and by the pages of rooms."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from exchange.webinars.models import Engine, Phase, Webinar
from exchange.webinars.rules import Roles

EARLY = timedelta(minutes=30)
LONGEST_NAME = 64


class Why(StrEnum):
    """Why somebody may not come in at present."""

    NO_ROOM = "no-room"
    NO_SEAT = "no-seat"
    CANCELLED = "cancelled"
    OVER = "over"
    TOO_EARLY = "too-early"
    NOT_LIVE = "not-live"


def is_of_the_room(roles: Roles) -> bool:
    """Who comes in before the others and keeps order in it: lead, helpers, presenters."""
    return roles.may_help or roles.is_presenter


def why_not(
    webinar: Webinar, *, leads: bool, has_seat: bool, moment: datetime, tries: bool = False
) -> Why | None:
    """None when they may come in now. `tries`: a host looks whether it works, before anybody is
    told of it."""
    if webinar.engine == Engine.NONE or not (webinar.is_public or tries):
        return Why.NO_ROOM
    if webinar.phase == Phase.CANCELLED:
        return Why.CANCELLED
    if webinar.is_over:
        return Why.OVER
    if leads:
        early = not webinar.is_live and moment < webinar.starts_at - EARLY
        return Why.TOO_EARLY if early and not tries else None
    if not has_seat:
        return Why.NO_SEAT
    return None if webinar.is_live else Why.NOT_LIVE


# Off for everybody in every room: what no one of the team can see, and what counts people.
DISABLED = (
    "privateChat,breakoutRooms,sharedNotes,externalVideos,learningDashboard,"
    "learningDashboardDownloadSessionData,snapshotOfCurrentSlide,customVirtualBackgrounds,"
    "downloadPresentationWithAnnotations,cameraAsContent"
)
_SAFE = {
    "muteOnStart": "true",
    "allowModsToUnmuteUsers": "false",
    "webcamsOnlyForModerator": "true",
    "lockSettingsDisableCam": "true",
    "lockSettingsDisablePrivateChat": "true",
    "lockSettingsDisableNotes": "true",
    "lockSettingsHideUserList": "true",
    "lockSettingsHideViewersCursor": "true",
    "lockSettingsLockOnJoin": "true",
    "guestPolicy": "ASK_MODERATOR",
    "meetingKeepEvents": "false",
    "meetingCameraCap": "4",
    "userCameraCap": "1",
    # A weak line may come back; a room nobody looks after ends by itself.
    "meetingExpireIfNoUserJoinedInMinutes": "10",
    "meetingExpireWhenLastUserLeftInMinutes": "10",
    "endWhenNoModerator": "true",
    "endWhenNoModeratorDelayInMinutes": "10",
    "disabledFeatures": DISABLED,
}


def room_words(webinar: Webinar, *, is_recorded: bool, addresses: dict[str, str]) -> dict[str, str]:
    """What BigBlueButton is told of a room: safe from its first moment, and the same each time.
    `addresses` are those of ours it sends people and news to."""
    name = " ".join(webinar.title.split())[:LONGEST_NAME].strip()
    told = {"name": name if len(name) > 1 else "Webinar", "meetingID": webinar.room_key, **_SAFE}
    told |= {
        "record": "true" if is_recorded else "false",
        "autoStartRecording": "false",
        "allowStartStopRecording": "true" if is_recorded else "false",
        "notifyRecordingIsOn": "true" if is_recorded else "false",
        "logoutURL": addresses["page"],
        "meta_endCallbackUrl": addresses["ended"],
    }
    if is_recorded:
        told["meta_bbb-recording-ready-url"] = addresses["recorded"]
    return told
