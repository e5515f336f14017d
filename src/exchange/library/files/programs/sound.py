"""The program that opens a stranger's recording, sees that it is whole, and takes its labels off.
Run by cleaning.py alone, as a process of its own; the sorts stand in files of their own."""

from __future__ import annotations

import sys

from exchange.library.files.programs.answering import Clean, answered
from exchange.library.reading.programs.limits import WRONG_KIND, Refused, confine

CPU_SECONDS = 45


def main() -> int:
    confine(_load, cpu=CPU_SECONDS)
    return answered(_cleaned)


def _load() -> None:
    """Everything that may be needed later, while files can still be opened."""
    from exchange.library.files.programs import mp3, mp4, ogg  # noqa: PLC0415 - as limits stand

    del mp3, mp4, ogg


def _cleaned() -> Clean:
    from exchange.library.files.programs import mp3, mp4, ogg  # noqa: PLC0415 - loaded above

    family = sys.argv[1]
    programs = {"mp3": mp3.without_labels, "m4a": mp4.without_labels, "ogg": ogg.without_labels}
    if family not in programs:
        raise Refused(WRONG_KIND)
    given = bytearray(sys.stdin.buffer.read())
    data, had_labels = programs[family](given)
    return Clean(family, bytes(data), {"tags"} if had_labels else set())


if __name__ == "__main__":
    sys.exit(main())
