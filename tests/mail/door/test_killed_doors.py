"""The proof for mail that comes in: the door is killed again and again while somebody counts what
it called taken; nothing of that is lost, and nothing half lies there. A real program, real files."""

import random
import signal
import smtplib
import subprocess
import sys
import threading
from pathlib import Path
from time import sleep

from tests.mail.door.standing import ROOT, answers, arrivals, free_port, letter, start

KILLS = 25


class Sender(threading.Thread):
    """Hands over mails for as long as it may, and remembers which were taken."""

    def __init__(self, port: int, first: int) -> None:
        super().__init__(daemon=True)
        self.port, self.number = port, first
        self.taken: set[int] = set()
        self.enough = threading.Event()

    def run(self) -> None:
        while not self.enough.is_set():
            try:
                with smtplib.SMTP("127.0.0.1", self.port, "client.example", timeout=5) as talk:
                    while not self.enough.is_set():
                        self._hand_over(talk)
            except (OSError, smtplib.SMTPException):
                sleep(0.02)

    def _hand_over(self, talk: smtplib.SMTP) -> None:
        self.number += 1
        words = letter("x" * random.choice((10, 5000, 200_000)), self.number)
        to = ["ask@exchange.example", "share@exchange.example"][: random.choice((1, 2))]
        talk.sendmail("amina@example.org", to, words)
        self.taken.add(self.number)


def test_killed_at_any_moment_it_loses_nothing_it_has_taken(tmp_path: Path) -> None:
    port = free_port()
    senders = [Sender(port, first) for first in (1_000_000, 2_000_000)]
    program = start(tmp_path, port)
    for sender in senders:
        sender.start()
    for _ in range(KILLS):
        sleep(random.uniform(0.03, 0.25))
        program.kill()
        program.wait()
        program.stderr.close()
        program = start(tmp_path, port)
    for sender in senders:
        sender.enough.set()
        sender.join(10)
    program.terminate()
    assert program.wait(10) == 0
    program.stderr.close()

    taken = set().union(*(sender.taken for sender in senders))
    found = arrivals(tmp_path / "mail-in")  # reads the notes beside each: none is missing
    numbers = {int(mail.raw.split(b"Message-ID: <")[1].split(b"@")[0]) for mail in found}
    assert len(taken) > KILLS
    assert taken <= numbers, "nothing that was called taken is missing"
    assert all(mail.raw.endswith(b"\r\n") and b"\r\n\r\nxx" in mail.raw for mail in found)
    assert {len(mail.raw) for mail in found} == {
        len(letter("x" * n, 10**6)) for n in (10, 5000, 200_000)
    }


def test_asked_to_end_it_ends_cleanly(tmp_path: Path) -> None:
    port = free_port()
    program = start(tmp_path, port)
    with smtplib.SMTP("127.0.0.1", port, "client.example", timeout=5) as talk:
        talk.sendmail("amina@example.org", ["ask@exchange.example"], letter())
        program.send_signal(signal.SIGTERM)

        assert program.wait(5) == 0
    words = program.stderr.read().decode()
    program.stderr.close()
    assert "mails taken: 1" in words
    assert "amina" not in words


def test_a_port_in_use_is_said_once_and_waited_for(tmp_path: Path) -> None:
    port = free_port()
    first = start(tmp_path, port)
    second = start(tmp_path / "other", port)
    try:
        assert b"is in use" in second.stderr.readline()
        second.terminate()
        words = second.communicate(timeout=5)[1].decode()
        assert "is in use" not in words
        assert second.returncode == 0
        assert answers(port)
    finally:
        first.kill()
        first.communicate()


def test_it_knows_neither_django_nor_a_database() -> None:
    script = "import sys, exchange.mail.door.listening;"
    script += "print(sorted({n.partition('.')[0] for n in sys.modules} & {'django', 'sqlite3'}))"
    env = {"PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, check=True)

    assert done.stdout == b"[]\n"
