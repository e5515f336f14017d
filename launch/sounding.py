"""Sound for weak lines: icecast2 and the sound program, where ffmpeg and icecast2 are installed.
Called by launch.running and launch.doctor; the program is `python -m exchange.webinars.sound.program`."""

import json
import os
import pwd
import secrets
import shutil
import socket
import tempfile
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from launch.keeper import Program
from launch.places import PYTHON, Hold
from launch.ports import free_port
from launch.voice import Trouble

VARIABLE = "EXCHANGE_ICECAST"
USUAL_PORT = 8010
HERE = "127.0.0.1"
TO_ADD = "apt-get install --no-install-recommends ffmpeg icecast2"
_marks: list[Hold] = []
# Debian puts programs for the machine's own use where a person's PATH does not look.
_ELSEWHERE = "/usr/sbin:/usr/local/sbin:/sbin"

_CONFIGURATION = """<icecast>
  <location>-</location>
  <admin>-</admin>
  <hostname>localhost</hostname>
  <limits>
    <clients>6000</clients>
    <sources>40</sources>
    <queue-size>204800</queue-size>
    <client-timeout>30</client-timeout>
    <header-timeout>15</header-timeout>
    <source-timeout>10</source-timeout>
    <burst-on-connect>1</burst-on-connect>
    <burst-size>12000</burst-size>
  </limits>
  <authentication>
    <source-password>{password}</source-password>
    <admin-user>admin</admin-user>
    <admin-password>{admin}</admin-password>
  </authentication>
  <listen-socket>
    <port>{port}</port>
    <bind-address>{here}</bind-address>
  </listen-socket>
  <fileserve>0</fileserve>
  <mount type="default">
    <public>0</public>
    <hidden>1</hidden>
  </mount>
  <paths>
    <basedir>{empty}</basedir>
    <logdir>/dev</logdir>
    <webroot>{empty}</webroot>
    <adminroot>{empty}</adminroot>
  </paths>
  <logging>
    <accesslog>null</accesslog>
    <errorlog>-</errorlog>
    <loglevel>1</loglevel>
  </logging>
  <security>
    <chroot>0</chroot>{owner}
  </security>
</icecast>
"""


def found(name: str) -> str:
    """Where a program is, or nothing."""
    return shutil.which(name) or shutil.which(name, path=_ELSEWHERE) or ""


def programs(env: Mapping[str, str], data: Path) -> list[Program]:
    """What can be started here: both, the sound program alone (minutes without a stream), nothing.
    An icecast2 of somebody else, named in EXCHANGE_ICECAST, is used and not started."""
    if not found("ffmpeg"):
        return []
    started = []
    if not env.get(VARIABLE, "").strip():
        started = _icecast(env, data)
    command: list[str | Path] = [PYTHON, "-m", "exchange.webinars.sound.program"]
    return [*started, Program("sound program", command, env, is_extra=True)]


def _icecast(env: Mapping[str, str], data: Path) -> list[Program]:
    folder = data / "sound" / "icecast"
    (folder / "icecast.json").unlink(missing_ok=True)
    if not found("icecast2"):
        return []
    port = _port(env.get("EXCHANGE_MODE", "local"))
    configuration = configure(folder, port)
    command: list[str | Path] = [found("icecast2"), "-c", configuration]
    # What it says stands in a file: it never holds who listens.
    log = os.open(folder / "icecast.log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    return [Program("icecast2", command, env, output=log, is_extra=True)]


def configure(folder: Path, port: int) -> Path:
    """Write icecast2's configuration and what ours need to reach it, with passwords of this start,
    for their owner alone."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / "empty").mkdir(mode=0o700, exist_ok=True)
    password, admin = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
    words = _CONFIGURATION.format(
        password=password,
        admin=admin,
        port=port,
        here=HERE,
        empty=escape(str(folder / "empty")),
        owner=_owner(),
    )
    told = {"host": HERE, "port": port, "password": password}
    _write_private(folder / "icecast.json", json.dumps(told))
    return _write_private(folder / "icecast.xml", words)


def _owner() -> str:
    """Icecast2 refuses to be root, but becomes somebody else once it has read its configuration."""
    if os.geteuid() != 0:
        return ""
    for user, group in (("icecast2", "icecast"), ("nobody", "nogroup"), ("nobody", "nobody")):
        try:
            pwd.getpwnam(user)
            return f"\n    <changeowner><user>{user}</user><group>{group}</group></changeowner>"
        except KeyError:
            continue
    return ""


def _write_private(path: Path, words: str) -> Path:
    """Never for a moment readable by others."""
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(words)
    fresh.replace(path)
    return path


def _port(mode: str) -> int:
    """The usual port; on a developer's machine another, when somebody else has that."""
    if mode != "local":
        return USUAL_PORT
    try:
        free_port(HERE, USUAL_PORT)
        mark = Hold(Path(tempfile.gettempdir()) / f"exchange-icecast-{USUAL_PORT}.lock")
    except (Trouble, OSError):
        return free_port(HERE, 0)
    if mark.try_take():
        _marks.append(mark)
        return USUAL_PORT
    mark.release()
    return free_port(HERE, 0)


def in_words(data: Path, *, is_running: bool) -> tuple[bool, str]:
    """What doctor says of sound, and whether it is as it should be. An icecast2 that we start
    answers only while the Exchange is running."""
    missing = [name for name in ("ffmpeg", "icecast2") if not found(name)]
    outside = os.environ.get(VARIABLE, "").strip()
    if outside and outside != "off":
        missing = [name for name in missing if name != "icecast2"]
    if "ffmpeg" in missing:
        words = f"No sound for weak lines: {' and '.join(missing)} missing. To add it: {TO_ADD}"
        return True, words
    if missing or outside == "off":
        return True, (
            "Sound is kept in minutes, but there is no stream to listen to while it happens: "
            f"icecast2 is missing or off. To add it: {TO_ADD}"
        )
    host, port = _place(outside, data)
    if not port or not (outside or is_running):
        return True, "ffmpeg and icecast2 are here; the next start sends sound by them."
    if answers(host, port):
        return True, f"Sound: ffmpeg is here, and icecast2 answers at {host}, port {port}."
    return False, f"Sound: icecast2 does not answer at {host}, port {port}."


def _place(outside: str, data: Path) -> tuple[str, int]:
    if outside:
        parts = urlsplit(outside)
        return parts.hostname or HERE, parts.port or 8000
    try:
        told = json.loads((data / "sound" / "icecast" / "icecast.json").read_text())
        return str(told["host"]), int(told["port"])
    except (OSError, ValueError, KeyError):
        return HERE, 0


def answers(host: str, port: int, *, patience: float = 2.0) -> bool:
    """Whether something speaks HTTP there."""
    try:
        with socket.create_connection((host, port), patience) as wire:
            wire.sendall(b"GET / HTTP/1.0\r\n\r\n")
            return wire.recv(5) == b"HTTP/"
    except OSError:
        return False
