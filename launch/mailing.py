"""Where mail comes in: which port the mail door gets, and what is said about it.
Called by launch.running; the door itself is `python -m exchange.mail.door`."""

import socket
import tempfile
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from launch.keeper import Program
from launch.places import PYTHON, Hold
from launch.ports import ANYWHERE, free_port
from launch.voice import Trouble, say

_marks: list[Hold] = []
USUAL = "smtp://127.0.0.1:2525"  # the same as in exchange.mail.door.setting


def door_address(env: Mapping[str, str]) -> str:
    """The address of the door, or "off". Unless somebody chose a port, two Exchanges on one machine
    shall not fight over one: the second takes another. In production a port is never changed."""
    wanted = env.get("EXCHANGE_MAIL_DOOR", "")
    if wanted.strip().lower() == "off":
        return "off"
    address = wanted or USUAL
    host, port = place(address)
    if not wanted and env.get("EXCHANGE_MODE", "local") == "local":
        return address if _is_ours(host, port) else f"smtp://{host}:{free_port(host, 0)}"
    try:
        free_port(host, port)
    except Trouble:
        say(
            f"The mail door cannot have {host}, port {port} (EXCHANGE_MAIL_DOOR). All else works; "
            "mail comes in as soon as it can."
        )
    return address


def _is_ours(host: str, port: int) -> bool:
    """Whether we may have the port that everybody would take. It is marked for as long as this
    launcher lives, because two that start at once would both find it free."""
    try:
        free_port(host, port)
        mark = Hold(Path(tempfile.gettempdir()) / f"exchange-mail-door-{port}.lock")
    except (Trouble, OSError):  # taken, or marked by somebody else's launcher
        return False
    if not mark.try_take():
        mark.release()
        return False
    _marks.append(mark)
    return True


def place(address: str) -> tuple[str, int]:
    """Host and port of "smtp://host:port" or "lmtp://host:port". Raises Trouble."""
    parts = urlsplit(address)
    try:
        port = parts.port or {"smtp": 2525, "lmtp": 24}.get(parts.scheme, 0)
    except ValueError:
        port = 0
    if not port or not parts.hostname or parts.scheme not in ("smtp", "lmtp"):
        raise Trouble("EXCHANGE_MAIL_DOOR is to be smtp://host:port, lmtp://host:port or off.")
    return parts.hostname, port


def door(env: Mapping[str, str]) -> list[Program]:
    """The door as one more program, unless it is off."""
    if env["EXCHANGE_MAIL_DOOR"] == "off":
        return []
    return [Program("mail door", [PYTHON, "-m", "exchange.mail.door", "--quiet"], env)]


def in_words(env: Mapping[str, str]) -> str:
    """What to say once all is ready: where mail comes in, or nothing."""
    address = env["EXCHANGE_MAIL_DOOR"]
    if address == "off":
        return ""
    host, port = place(address)
    return f"Mail comes in at {address}" if greets(host, port) else ""


def greets(host: str, port: int, *, patience: float = 2.0) -> bool:
    """Whether a mail server of any kind says its greeting there."""
    try:
        with socket.create_connection((ANYWHERE.get(host, host), port), patience) as wire:
            return wire.recv(3) == b"220"
    except OSError:
        return False
