"""A BigBlueButton server for tests: real HTTP on loopback, the documented protocol, strict about
checksums. It can be told to answer garbage, slowly, or not at all. Run by pytest alone."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

SECRET = "639259d4-9dd8-4b25-bf01-95f9567eaf4b"
_LENGTHS = {40: "sha1", 64: "sha256", 96: "sha384", 128: "sha512"}
Given = dict[str, str]


@dataclass
class Meeting:
    """A room that exists; `people` are (full name, role, userID)."""

    words: Given
    made_at: int
    people: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass
class Stub:
    """What it keeps, and how it behaves. `trouble` is called instead of an answer."""

    base: str = ""
    accepts: tuple[str, ...] = ("sha1", "sha256", "sha384", "sha512")
    pages: bool = True
    has_hooks: bool = True
    meetings: dict[str, Meeting] = field(default_factory=dict)
    recordings: list[dict[str, Any]] = field(default_factory=list)
    hooks: list[Given] = field(default_factory=list)
    tracks: dict[str, list[Given]] = field(default_factory=dict)
    asked: list[tuple[str, Given]] = field(default_factory=list)
    trouble: Callable[[BaseHTTPRequestHandler], None] | None = None
    _made: int = 1_700_000_000_000

    def answer(self, call: str, query: str, body: bytes) -> tuple[int, str, str]:
        """Status, media type and words."""
        plain, _mark, given_sum = query.rpartition("checksum=")
        plain = plain.removesuffix("&")
        given = {k: v[0] for k, v in parse_qs(plain, keep_blank_values=True).items()}
        self.asked.append((call, given))
        algorithm = _LENGTHS.get(len(given_sum), "")
        right = algorithm and hashlib.new(algorithm, f"{call}{plain}{SECRET}".encode()).hexdigest()
        if call.startswith("hooks/") and not self.has_hooks:
            return 404, "text/html", "<html>Not found</html>"
        if algorithm not in self.accepts or given_sum != right:
            return self._failed("checksumError", is_json="TextTrack" in call)
        act = getattr(self, "do_" + call.replace("/", "_"), None)
        if act is None:
            return self._failed("unsupportedRequest")
        return act(given, body) if call == "putRecordingTextTrack" else act(given)

    # Rooms.

    def do_create(self, given: Given) -> tuple[int, str, str]:
        room, name = given.get("meetingID", ""), given.get("name", "")
        if not 2 <= len(name) <= 64 or not 2 <= len(room) <= 256 or "," in room:
            return self._failed("validationError")
        there = self.meetings.get(room)
        if there is not None:
            return self._good(
                self._created(room, there) + "<messageKey>duplicateWarning</messageKey>"
            )
        self._made += 1000
        self.meetings[room] = Meeting(given, self._made)
        return self._good(self._created(room, self.meetings[room]))

    def do_join(self, given: Given) -> tuple[int, str, str]:
        meeting = self.meetings.get(given.get("meetingID", ""))
        if meeting is None:
            return self._failed("invalidMeetingIdentifier")
        if given.get("createTime") != str(meeting.made_at):
            return self._failed("mismatchCreateTimeParam")
        if given.get("role") not in ("MODERATOR", "VIEWER") or not given.get("fullName"):
            return self._failed("missingParamRole")
        meeting.people.append((given["fullName"], given["role"], given.get("userID", "")))
        return 200, "text/html", "<html><title>In the room</title>In the room</html>"

    def do_isMeetingRunning(self, given: Given) -> tuple[int, str, str]:
        meeting = self.meetings.get(given.get("meetingID", ""))
        running = "true" if meeting and meeting.people else "false"
        return self._good(f"<running>{running}</running>")

    def do_getMeetingInfo(self, given: Given) -> tuple[int, str, str]:
        meeting = self.meetings.get(given.get("meetingID", ""))
        if meeting is None:
            return self._failed("notFound")
        leading = sum(role == "MODERATOR" for _name, role, _mark in meeting.people)
        people = "".join(
            f"<attendee><userID>{escape(mark)}</userID><fullName>{escape(name)}</fullName></attendee>"
            for name, _role, mark in meeting.people
        )
        return self._good(
            self._created(given["meetingID"], meeting)
            + f"<running>{'true' if meeting.people else 'false'}</running>"
            "<hasBeenForciblyEnded>false</hasBeenForciblyEnded>"
            f"<participantCount>{len(meeting.people)}</participantCount>"
            "<listenerCount>1</listenerCount><videoCount>0</videoCount>"
            f"<moderatorCount>{leading}</moderatorCount><attendees>{people}</attendees>"
        )

    def do_end(self, given: Given) -> tuple[int, str, str]:
        if self.meetings.pop(given.get("meetingID", ""), None) is None:
            return self._failed("notFound")
        return self._good("<messageKey>sentEndMeetingRequest</messageKey>")

    # Recordings.

    def do_getRecordings(self, given: Given) -> tuple[int, str, str]:
        rows = [
            one
            for one in self.recordings
            if one["meetingID"] == given.get("meetingID", one["meetingID"])
            and one["recordID"] == given.get("recordID", one["recordID"])
        ]
        if self.pages:
            begin = int(given.get("offset", "0"))
            rows = rows[begin : begin + int(given.get("limit", "100"))]
        told = "".join(
            "<recording>"
            f"<recordID>{one['recordID']}</recordID><meetingID>{one['meetingID']}</meetingID>"
            f"<state>{one['state']}</state><startTime>1530718721000</startTime>"
            "<endTime>1530718811000</endTime><playback><format><type>presentation</type>"
            f"<url>{one['url']}</url><length>1</length></format></playback></recording>"
            for one in rows
        )
        key = "" if rows else "<messageKey>noRecordings</messageKey>"
        return self._good(f"<recordings>{told}</recordings>{key}")

    def do_publishRecordings(self, given: Given) -> tuple[int, str, str]:
        rows = self._recording(given)
        if not rows:
            return self._failed("notFound")
        rows[0]["state"] = "published" if given["publish"] == "true" else "unpublished"
        return self._good(f"<published>{given['publish']}</published>")

    def do_deleteRecordings(self, given: Given) -> tuple[int, str, str]:
        rows = self._recording(given)
        if not rows:
            return self._failed("notFound")
        self.recordings.remove(rows[0])
        return self._good("<deleted>true</deleted>")

    def do_getRecordingTextTracks(self, given: Given) -> tuple[int, str, str]:
        if not self._recording(given):
            return self._failed("noRecordings", is_json=True)
        return self._json(tracks=self.tracks.get(given["recordID"], []))

    def do_putRecordingTextTrack(self, given: Given, body: bytes) -> tuple[int, str, str]:
        if not self._recording(given):
            return self._failed("noRecordings", is_json=True)
        if b"WEBVTT" not in body:
            return self._failed("empty_uploaded_text_track", is_json=True)
        track = {"kind": given["kind"], "lang": given["lang"], "href": "https://x.example/a.vtt"}
        self.tracks.setdefault(given["recordID"], []).append(track)
        return self._json(messageKey="upload_text_track_success")

    # Hooks.

    def do_hooks_create(self, given: Given) -> tuple[int, str, str]:
        for number, one in enumerate(self.hooks, 1):
            if one["callbackURL"] == given["callbackURL"]:
                key = "<messageKey>duplicateWarning</messageKey>"
                return self._good(f"<hookID>{number}</hookID>{key}")
        self.hooks.append(given)
        return self._good(f"<hookID>{len(self.hooks)}</hookID><rawData>false</rawData>")

    def do_hooks_list(self, given: Given) -> tuple[int, str, str]:
        told = "".join(
            f"<hook><hookID>{number}</hookID><callbackURL><![CDATA[{one['callbackURL']}]]>"
            f"</callbackURL><meetingID><![CDATA[{one['meetingID']}]]></meetingID></hook>"
            for number, one in enumerate(self.hooks, 1)
            if one["meetingID"] == given.get("meetingID", one["meetingID"])
        )
        return self._good(f"<hooks>{told}</hooks>")

    def do_hooks_destroy(self, given: Given) -> tuple[int, str, str]:
        number = int(given["hookID"])
        if not 1 <= number <= len(self.hooks):
            return self._failed("destroyMissingHook")
        del self.hooks[number - 1]
        return self._good("<removed>true</removed>")

    def _recording(self, given: Given) -> list[dict[str, Any]]:
        return [one for one in self.recordings if one["recordID"] == given.get("recordID")]

    @staticmethod
    def _created(room: str, meeting: Meeting) -> str:
        return f"<meetingID>{room}</meetingID><createTime>{meeting.made_at}</createTime>"

    @staticmethod
    def _good(inner: str) -> tuple[int, str, str]:
        words = f"<response><returncode>SUCCESS</returncode>{inner}</response>"
        return 200, "application/xml", words

    @staticmethod
    def _json(**told: Any) -> tuple[int, str, str]:
        words = json.dumps({"response": {"returncode": "SUCCESS", **told}})
        return 200, "application/json", words

    @staticmethod
    def _failed(key: str, *, is_json: bool = False) -> tuple[int, str, str]:
        if is_json:
            told = {"response": {"returncode": "FAILED", "messageKey": key}}
            return 200, "application/json", json.dumps(told)
        inner = f"<returncode>FAILED</returncode><messageKey>{key}</messageKey>"
        return 200, "application/xml", f"<response>{inner}<message>No.</message></response>"


def says(status: int, words: bytes, media_type: str = "text/html", **headers: str) -> Any:
    """Trouble: these very bytes."""

    def trouble(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", media_type)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(words)))
        handler.end_headers()
        handler.wfile.write(words)

    return trouble


def drips(until: threading.Event) -> Any:
    """Trouble: a letter now and then, so that no time limit of a single read is ever reached."""

    def trouble(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: text/xml\r\n\r\n<response>")
        while not until.is_set():
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.02)

    return trouble


@contextmanager
def running() -> Iterator[Stub]:
    """The server on a free port, for as long as it is needed."""
    stub = Stub()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._do(b"")

        def do_POST(self) -> None:
            self._do(self.rfile.read(int(self.headers["Content-Length"])))

        def _do(self, body: bytes) -> None:
            try:
                if stub.trouble is not None:
                    stub.trouble(self)
                    return
                parts = urlsplit(self.path)
                call = parts.path.removeprefix("/bigbluebutton/api").removeprefix("/")
                status, media_type, words = stub.answer(call, parts.query, body)
                says(status, words.encode(), media_type)(self)
            except OSError:
                return

        def log_message(self, format: str, *args: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    stub.base = f"http://127.0.0.1:{server.server_address[1]}/bigbluebutton"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}).start()
    try:
        yield stub
    finally:
        server.shutdown()
        server.server_close()
