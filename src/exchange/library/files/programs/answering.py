"""The form in which a cleaned file is handed back: its bytes, then what is told of it, and how
long that is. Called by the programs of this folder; knows nothing of Django."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, field

from exchange.library.reading.programs.limits import BROKEN, TOO_LARGE, Refused


@dataclass
class Clean:
    """A file made harmless: its sort, its bytes, and codes of what was taken out of it."""

    kind: str
    data: bytes
    taken_out: set[str] = field(default_factory=set)


class Unwanted(Exception):
    """The file is not taken, for a reason with a word of its own ("macros", "two-things")."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def answered(make: Callable[[], Clean]) -> int:
    """Write what `make` answers to standard output; the code with which the program ends."""
    try:
        clean = make()
        _send(clean.data, {"kind": clean.kind, "taken_out": sorted(clean.taken_out)})
    except Unwanted as unwanted:
        _send(b"", {"refused": unwanted.code})
    except Refused as refused:
        return refused.code
    except MemoryError:
        return TOO_LARGE
    except Exception:  # noqa: BLE001 - whatever a parser throws, the file is not one for us
        return BROKEN
    return 0


def _send(data: bytes, told: dict[str, object]) -> None:
    said = json.dumps(told).encode()
    out = sys.stdout.buffer
    out.write(data)
    out.write(said)
    out.write(len(said).to_bytes(4, "big"))
    out.flush()
