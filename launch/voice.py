"""How the launcher speaks: plain sentences, and one kind of error with a way out in it.
Every module of the launcher may use it; it uses none of them."""

import sys


class Trouble(Exception):
    """Something a person can put right; the message says what to do."""


class Stopped(BaseException):
    """Somebody asked us to stop (SIGTERM, SIGHUP). Not an error, so not an Exception."""


class _Voice:
    def __init__(self) -> None:
        self.to_stderr = False

    def say(self, sentence: str) -> None:
        stream = sys.stderr if self.to_stderr else sys.stdout
        print(sentence, file=stream, flush=True)


_voice = _Voice()


def say(sentence: str) -> None:
    _voice.say(sentence)


def keep_stdout_clean() -> None:
    """For commands whose own output is read by programs (bench --json)."""
    _voice.to_stderr = True


def complain(sentence: str) -> None:
    print(f"exchange: {sentence}", file=sys.stderr, flush=True)
