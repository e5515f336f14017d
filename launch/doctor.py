"""`./exchange doctor`: what is wrong here, in words, without changing anything.
Called by launch.commands; what only the application knows it asks `python -m exchange doctor`."""

import os
import shutil
import sys
from pathlib import Path
from urllib.parse import urlsplit

from launch import environment as venv
from launch import live
from launch.places import PYTHON, ROOT, SOURCE, VENV, Hold
from launch.ports import free_port
from launch.preparing import applied_migrations, migration_names
from launch.processes import django, environment, output_of
from launch.running import is_well
from launch.sounding import in_words as sound_in_words
from launch.system_packages import for_tests
from launch.voice import Trouble, say
from launch.writing import in_words as writing_in_words

ROOM_NEEDED = 500 * 1024 * 1024  # bytes


class Report:
    """Collects what was found: what is well, what to know, what is wrong."""

    def __init__(self) -> None:
        self.wrong = 0

    def well(self, words: str) -> None:
        say(f"  well   {words}")

    def note(self, words: str) -> None:
        say(f"  note   {words}")

    def trouble(self, words: str) -> None:
        self.wrong += 1
        say(f"  WRONG  {words}")


def doctor(*, data: str | None, host: str, port: int) -> int:
    """Look at everything, say it in words; 1 when something is wrong."""
    place = Path(data or os.environ.get("EXCHANGE_DATA") or ROOT / "var").expanduser().absolute()
    say(f"Looking at the checkout {ROOT} and the data in {place}.")
    report = Report()
    _python(report)
    _environment(report)
    _disk(report, place)
    _database(report, place)
    _mail(report)
    _sound(report, place)
    _running(report, place, host, port)
    _tests(report)
    _application(report, place)
    say("All is well." if not report.wrong else f"{report.wrong} thing(s) to put right.")
    return 1 if report.wrong else 0


def _python(report: Report) -> None:
    version = ".".join(str(part) for part in sys.version_info[:3])
    report.well(f"Python {version} at {sys.executable}")


def _environment(report: Report) -> None:
    if not PYTHON.exists():
        report.note(f"There is no environment in {VENV} yet; `./exchange run` makes it.")
    elif not venv.is_ready("base"):
        report.note(
            f"The environment in {VENV} does not match requirements/base.txt and this Python; "
            "`./exchange run` will put it right."
        )
    else:
        report.well("The environment holds what requirements/base.txt lists.")


def _disk(report: Report, place: Path) -> None:
    nearest = place
    while not nearest.exists():
        nearest = nearest.parent
    if nearest != place:
        report.note(f"{place} is not there yet; the first start makes it.")
    if not os.access(nearest, os.W_OK):
        report.trouble(f"You may not write to {nearest}. Choose another place with --data DIR.")
    room = shutil.disk_usage(nearest).free
    words = f"{room / 1024**3:.1f} GB of room on the disk of {nearest}"
    if room < ROOM_NEEDED:
        report.trouble(f"Only {words}. Free some before the database can no longer be written.")
    else:
        report.well(words)


def _database(report: Report, place: Path) -> None:
    address = os.environ.get("EXCHANGE_DATABASE")
    if address:
        _server(report, place, address)
        return
    file = place / "exchange.sqlite3"
    if not file.exists():
        report.note("There is no database yet; the first start makes it.")
        return
    if not os.access(file, os.W_OK):
        report.trouble(f"You may not write to {file}. Who started the Exchange before?")
    missing = migration_names() - set(applied_migrations(place))
    if missing:
        report.note(
            f"{len(missing)} migration(s) wait, such as {min(missing)}; the next start applies them."
        )
    else:
        report.well("The database has every migration of this version.")


def _server(report: Report, place: Path, address: str) -> None:
    """Only the application speaks to a server; ask it whether migrations wait there."""
    where = urlsplit(address)
    name = f"{where.path.lstrip('/')} on {where.hostname or 'this machine'}"  # never the password
    if not venv.is_ready("base"):
        report.note(f"The database is {name}; it can be asked once the environment is there.")
        return
    code, words = output_of(django("migrate", "--check"), env=environment(place))
    last = words.strip().rpartition("\n")[2]
    if not code:
        report.well(f"The database {name} answers and has every migration.")
    elif "Error" in last:
        report.trouble(f"The database {name} cannot be used: {last}")
    else:
        report.note(f"The database {name} waits for migrations; the next start applies them.")


def _mail(report: Report) -> None:
    mode = os.environ.get("EXCHANGE_MODE", "local")
    if os.environ.get("EXCHANGE_SMTP"):
        report.well("Mail goes out by the server in EXCHANGE_SMTP.")
    elif mode == "production":
        report.trouble(
            "EXCHANGE_MODE is production but EXCHANGE_SMTP is not set: no mail goes out."
        )
    else:
        report.note("No mail server is set (EXCHANGE_SMTP): mails are files in the outbox.")
    if mode == "production":
        report.note("`./exchange doctor mail` looks at the names, keys and servers of mail.")


def _sound(report: Report, place: Path) -> None:
    is_well_so, words = sound_in_words(place, is_running=_is_held(place / "run.lock"))
    if not is_well_so:
        report.trouble(words)
    elif words.startswith("Sound: "):
        report.well(words)
    else:
        report.note(words)


def _running(report: Report, place: Path, host: str, port: int) -> None:
    if _is_held(place / "run.lock"):
        words = Hold(place / "run.lock").read()
        address = words.rpartition("http://")[2]
        name, _, number = address.rpartition(":")
        base = os.environ.get("EXCHANGE_BASE_URL", f"http://{address}")
        if number.isdecimal() and is_well(name.strip("[]"), int(number), base):
            report.well(f"The Exchange is running ({words}) and answers.")
            _live(report, name.strip("[]"), int(number))
            report.note(writing_in_words(int(number)))
        else:
            report.trouble(f"The Exchange is running ({words}) but does not answer.")
        return
    try:
        free_port(host, port)
    except Trouble as problem:
        report.trouble(str(problem))
    else:
        report.well(f"The Exchange is not running; port {port} is free for it.")


def _live(report: Report, host: str, port: int) -> None:
    """The live process beside a site that runs, and what several machines share."""
    wanted = os.environ.get("EXCHANGE_LIVE_PORT", "")
    number = int(wanted) if wanted.isdecimal() else live.usual_port(port)
    if live.answers(os.environ.get("EXCHANGE_LIVE_HOST") or host, number):
        report.well(f"The live process answers at port {number}.")
    else:
        report.note(
            f"No live process answers at port {number}: live pages refresh themselves instead. "
            "If it has another port, say so in EXCHANGE_LIVE_PORT."
        )
    if bus := os.environ.get("EXCHANGE_REDIS"):
        if live.bus_answers(bus):
            report.well("The Redis in EXCHANGE_REDIS answers.")
        else:
            report.trouble(
                "The Redis in EXCHANGE_REDIS does not answer: what is told live on other "
                "machines arrives a second later."
            )


def _is_held(path: Path) -> bool:
    if not path.exists() or not os.access(path, os.W_OK):
        return False
    hold = Hold(path)
    try:
        return not hold.try_take()
    finally:
        hold.release()


def _tests(report: Report) -> None:
    if missing := for_tests():
        report.note(f"Only for the tests, this machine misses: {', '.join(missing)}.")


def _application(report: Report, place: Path) -> None:
    """Dead letters, a worker that is silent: the application knows, if it can start."""
    known = list(SOURCE.glob("exchange/*/management/commands/doctor.py"))
    if not (known and venv.is_ready("base") and (place / "run.lock").exists()):
        return
    for command in ("doctor", "doctor_rooms"):
        code, words = output_of(django(command), env=environment(place))
        for line in words.strip().splitlines():
            say(f"         {line}")
        if code:
            report.trouble("The application found something; its words are above.")
