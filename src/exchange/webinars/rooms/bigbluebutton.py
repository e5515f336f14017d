"""The calls of BigBlueButton's documented protocol: rooms, recordings, text tracks, hooks.
Called by `actions`; knows the protocol and plain values, no webinar."""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from exchange.webinars.rooms import answers, asking, breaker, signing
from exchange.webinars.rooms.errors import EngineSaysNo, EngineTrouble

_PAGE, _PAGES = 50, 20
_NO_SUCH = {"notFound", "noRecordings"}


@dataclass(frozen=True)
class Server:
    """One server, by its address (ending in /bigbluebutton) and the secret it shares with us."""

    base: str
    secret: str
    algorithm: str = "sha256"
    # The moment (of `time.monotonic`) by which all that is asked has to be answered; 0: none.
    until: float = 0.0

    def in_time(self, seconds: float = asking.IN_ALL) -> Server:
        """The same, for one visitor who waits: however much is asked, so long in all."""
        return replace(self, until=time.monotonic() + seconds)

    def create(self, given: Mapping[str, str]) -> answers.Made:
        """Make a room, or find that it is there: asked again with the same words, nothing changes."""
        return answers.made(self._get("create", given))

    def join_address(self, given: Mapping[str, str]) -> str:
        """Where a browser goes to come in. It opens the room as this person: for one click."""
        return self._address("join", given)

    def is_running(self, room: str) -> bool:
        said = answers.words(self._get("isMeetingRunning", {"meetingID": room}), "running")
        return said == "true"

    def inside(self, room: str) -> answers.Inside | None:
        """How a room stands; None when there is none of this name."""
        try:
            return answers.inside(self._get("getMeetingInfo", {"meetingID": room}))
        except EngineSaysNo as no:
            if no.code in _NO_SUCH:
                return None
            raise

    def end(self, room: str) -> bool:
        """Send everybody out; False when there was no such room. The engine takes some seconds."""
        try:
            self._get("end", {"meetingID": room})
        except EngineSaysNo as no:
            if no.code in _NO_SUCH:
                return False
            raise
        return True

    def recordings(self, *, room: str = "", recording: str = "") -> list[answers.Recorded]:
        """All that are kept, a page at a time. A server may be asked by one of both names only."""
        asked = {"recordID": recording} if recording else {"meetingID": room}
        found: dict[str, answers.Recorded] = {}
        for page in range(_PAGES):
            window = {"state": "any", "offset": str(page * _PAGE), "limit": str(_PAGE)}
            rows = answers.recordings(self._get("getRecordings", {**asked, **window}))
            fresh = [one for one in rows if one.id and one.id not in found]
            found.update((one.id, one) for one in fresh)
            # Servers older than 2.6 know no pages and give everything each time.
            if len(rows) < _PAGE or not fresh:
                break
        return list(found.values())

    def publish(self, recording: str, *, is_out: bool) -> bool:
        given = {"recordID": recording, "publish": "true" if is_out else "false"}
        return answers.words(self._get("publishRecordings", given), "published") == given["publish"]

    def delete(self, recording: str) -> bool:
        """False when it is not there any more."""
        try:
            root = self._get("deleteRecordings", {"recordID": recording})
        except EngineSaysNo as no:
            if no.code in _NO_SUCH:
                return False
            raise
        return answers.words(root, "deleted") == "true"

    def tracks(self, recording: str) -> list[answers.Track]:
        said = self._ask("getRecordingTextTracks", {"recordID": recording})
        return answers.tracks(self._understood(answers.json_response, said))

    def put_track(self, recording: str, *, language: str, label: str, vtt: str) -> None:
        """Add subtitles, or put them in the place of those in this language. The file is no part
        of what is signed. The engine takes minutes to bring them in."""
        given = {"recordID": recording, "kind": "subtitles", "lang": language, "label": label}
        mark = secrets.token_hex(16)
        body = (
            f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="text.vtt"\r\n'
            f"Content-Type: text/vtt\r\n\r\n{vtt}\r\n--{mark}--\r\n"
        ).encode()
        media_type = f"multipart/form-data; boundary={mark}"
        said = self._ask("putRecordingTextTrack", given, body, media_type)
        told = self._understood(answers.json_response, said)
        if told.get("messageKey") == "upload_text_track_failed":
            raise EngineSaysNo("upload-failed")

    def hook(self, *, address: str, room: str, events: str) -> str:
        """Be told of these events in one room; gives the hook's number. Asked again, it stays one."""
        given = {"callbackURL": address, "meetingID": room, "eventID": events}
        return answers.words(self._get("hooks/create", given), "hookID")

    def hooks(self, room: str) -> list[answers.Hook]:
        return answers.hooks(self._get("hooks/list", {"meetingID": room}))

    def unhook(self, number: str) -> bool:
        try:
            root = self._get("hooks/destroy", {"hookID": number})
        except EngineSaysNo as no:
            if no.code == "destroyMissingHook":
                return False
            raise
        return answers.words(root, "removed") == "true"

    def version(self) -> str:
        """Which protocol it speaks; whether it is there and knows our secret is another question."""
        said = asking.ask(f"{self.base}/api", engine=self.base)
        return answers.words(self._understood(answers.response, said), "version")

    def _get(self, call: str, given: Mapping[str, str]) -> Any:
        return self._understood(answers.response, self._ask(call, given))

    def _ask(
        self, call: str, given: Mapping[str, str], body: bytes | None = None, media_type: str = ""
    ) -> bytes:
        left = self.until - time.monotonic() if self.until else asking.IN_ALL
        return asking.ask(
            self._address(call, given),
            engine=self.base,
            method="GET" if body is None else "POST",
            body=body,
            media_type=media_type,
            seconds=min(left, asking.IN_ALL),
        )

    def _understood(self, read: Any, said: bytes) -> Any:
        """Reading an answer tells the breaker whether there is an engine behind the address."""
        rest = breaker.of(self.base)
        try:
            told = read(said)
        except EngineSaysNo:
            rest.answered()
            raise
        except EngineTrouble:
            rest.failed()
            raise
        rest.answered()
        return told

    def _address(self, call: str, given: Mapping[str, str]) -> str:
        return signing.signed(self.base, call, given, secret=self.secret, algorithm=self.algorithm)
