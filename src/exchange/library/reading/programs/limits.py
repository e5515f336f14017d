"""Little of everything for a program that opens a stranger's file, and the form of its answer.
Called by the programs of this folder, first of all; knows nothing of Django."""

from __future__ import annotations

import json
import os
import resource
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

# How a program ends when it foresaw why. Anything else means: too heavy.
FINE, BROKEN, ENCRYPTED, TOO_LONG, WRONG_KIND, TOO_LARGE = 0, 3, 4, 5, 6, 7
MOST_PAGES = 2_000
MOST_CHARACTERS = 6_000_000
CPU_SECONDS = 60
ADDRESS_SPACE = 1_200_000_000


class Refused(Exception):
    """The file is not read, for a reason that has a code."""

    def __init__(self, code: int) -> None:
        super().__init__(str(code))
        self.code = code


@dataclass
class Answer:
    """The block tree of a document, and the bytes of its figures in the tree's order."""

    tree: dict[str, Any]
    figures: Sequence[bytes] = field(default_factory=tuple)


def confine(
    load: Callable[[], object], *, cpu: int = CPU_SECONDS, memory: int = ADDRESS_SPACE
) -> None:
    """Take away what a hostile file could use. `load` imports all that is needed later: after it
    no file can be opened any more, and the open ones (standard input and output) go on."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(5)
    load()
    # Counted from here: what a busy machine spends on starting is not the document's fault.
    limit = int(sum(os.times()[:2])) + cpu
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def answered(make: Callable[[], Answer]) -> int:
    """Write what `make` answers to standard output; the code with which the program ends."""
    try:
        send(make())
    except Refused as refused:
        return refused.code
    except MemoryError:
        return TOO_LARGE
    except Exception:  # noqa: BLE001 - whatever a parser throws, the file is not one for us
        return BROKEN
    return FINE


def send(answer: Answer) -> None:
    """One line of JSON, then the figures one after another."""
    out = sys.stdout.buffer
    out.write(json.dumps(answer.tree, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
    for one in answer.figures:
        out.write(one)
    out.flush()
