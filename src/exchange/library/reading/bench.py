"""Reading documents: how fast, in how much memory, how many words are kept, in which order.
Called by the `bench` command; needs no database, and pdftotext only to compare with."""

from __future__ import annotations

import json
import re
import resource
import shutil
import subprocess
import sys
import time
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from exchange.core import sandbox

NAME = "extract"
HELP = "extract DIR: how PDFs become light views: time, memory, words kept, their order, headings"
WALL, MOST = 120.0, 40_000_000
FORESEEN = {0, 3, 4, 5, 6, 7}
PROGRAM = "exchange.library.reading.programs.pdf"
_LEADER = re.compile(r"(?:\.\s?){5,}|(?:\s\.){4,}|(?:…\s?){3,}")
_WORD = re.compile(r"\w+")
_HYPHEN = re.compile("[-\u2010]\\n?|\u00ad\\s*")
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def run(options: Mapping[str, Any]) -> dict[str, Any]:
    """A row for each PDF below a directory, and the worst of each figure."""
    directory = Path(options.get("directory") or ".")
    found = sorted(directory.rglob("*.pdf")) if directory.is_dir() else [directory]
    rows = {_name(path, directory): _row(path) for path in found}
    read = [row for row in rows.values() if row["ended"] == 0]
    return {
        "documents": rows,
        "read": len(read),
        "refused": sum(row["ended"] in FORESEEN - {0} for row in rows.values()),
        "failed": sum(row["ended"] not in FORESEEN for row in rows.values()),
        "seconds_per_100_pages_worst": _worst(read, "per_100", max),
        "peak_mb_worst": _worst(read, "peak_mb", max),
        "kept_worst": _worst(read, "kept", min),
        "order_worst": _worst(read, "order", min),
    }


def _name(path: Path, directory: Path) -> str:
    return path.name if path == directory else str(path.relative_to(directory))


def _row(path: Path) -> dict[str, Any]:
    """What one document cost and gave."""
    measured = _child(path)
    tree = measured.pop("tree")
    row = {"pages": 0, "ended": measured["code"], "seconds": measured["seconds"]}
    row.update(cpu=measured["cpu"], peak_mb=measured["peak_mb"])
    if tree is None:
        return row
    row["pages"] = tree["pages"]
    # A short document is measured as it is: starting alone is most of it.
    row["per_100"] = round(row["seconds"] * 100 / max(100, tree["pages"]), 2)
    said = pdftotext(path)
    if said is not None:
        row.update(compared(said, tree))
    row["headings"] = sum(block["type"] == "heading" for block in tree["blocks"])
    golden = path.with_suffix(".json")
    if golden.exists():
        row["heading_recall"] = heading_recall(json.loads(golden.read_text()), tree)
    row["figures"] = len(tree["figures"])
    row["scanned"] = len(tree["quality"]["scanned"])
    return row


def _worst(rows: list[dict[str, Any]], name: str, worst: Any) -> Any:
    values = [row[name] for row in rows if row.get(name) is not None]
    return worst(values) if values else None


def _child(path: Path) -> dict[str, Any]:
    """Measured from a process that is itself small: what starts a program counts as its memory."""
    ran = subprocess.run(
        [sys.executable, "-s", "-B", "-m", __name__, str(path.resolve())],
        env={"PYTHONPATH": sandbox.SOURCE},
        capture_output=True,
        check=True,
    )
    result: dict[str, Any] = json.loads(ran.stdout)
    return result


def measured(path: str) -> dict[str, Any]:
    """One document read as in production, and what that took."""
    before = time.monotonic()
    with open(path, "rb") as file:
        outcome = sandbox.run(
            [sys.executable, "-s", "-B", "-m", PROGRAM],
            file,
            wall=WALL,
            most=MOST,
            environment={"PYTHONPATH": sandbox.SOURCE},
        )
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    tree = json.loads(outcome.said.split(b"\n", 1)[0]) if outcome.code == 0 else None
    return {
        "code": outcome.code,
        "seconds": round(time.monotonic() - before, 2),
        "cpu": round(used.ru_utime + used.ru_stime, 2),
        "peak_mb": round(used.ru_maxrss / 1024, 1),
        "tree": tree,
    }


def pdftotext(path: Path) -> str | None:
    """What poppler reads; None where it is not installed."""
    program = shutil.which("pdftotext")
    if program is None:
        return None
    ran = subprocess.run(
        [program, "-enc", "UTF-8", str(path), "-"], capture_output=True, check=False, timeout=300
    )
    return ran.stdout.decode("utf-8", errors="replace")


def compared(said: str, tree: Mapping[str, Any]) -> dict[str, Any]:
    """`all`: share of all of poppler's words; `kept`: without what is left out on purpose (heads
    that pages repeat, page numbers, printed contents); `order`: see `in_order`."""
    everything = words(said)
    wanted = words(_without_furniture(said))
    ours = words(text_of(tree))
    return {
        "words": len(everything),
        "all": share(everything, ours),
        "kept": share(wanted, ours),
        "order": in_order(wanted, ours),
    }


def words(text: str) -> list[str]:
    """Words as both sides write them: ligatures, hyphens and directions do not count."""
    plain = unicodedata.normalize("NFKC", _UNSEEN.sub("", _HYPHEN.sub("", text))).casefold()
    plain = "".join(one for one in plain if not unicodedata.combining(one) and one != "ـ")
    return _WORD.findall(plain)


def share(wanted: Iterable[str], ours: Iterable[str]) -> float | None:
    """How many of the wanted words are there, each as often as it is wanted."""
    first, second = Counter(wanted), Counter(ours)
    total = sum(first.values())
    return round(sum((first & second).values()) / total, 4) if total else None


def in_order(wanted: list[str], ours: list[str]) -> float | None:
    """Of the runs of three words that stand once in each text, the share in the longest chain
    that keeps the other text's order: 1 is the same order throughout."""
    places = _once(ours)
    met = [
        places[run]
        for run, _at in sorted(_once(wanted).items(), key=lambda one: one[1])
        if run in places
    ]
    if not met:
        return None
    ends: list[int] = []
    for place in met:
        at = bisect_left(ends, place)
        ends[at : at + 1] = [place]
    return round(len(ends) / len(met), 4)


def _once(found: list[str]) -> dict[tuple[str, str, str], int]:
    runs = list(zip(found, found[1:], found[2:], strict=False))
    counts = Counter(runs)
    return {run: place for place, run in enumerate(runs) if counts[run] == 1}


def _without_furniture(said: str) -> str:
    pages = [page.splitlines() for page in said.split("\f")]
    edges = Counter(key for page in pages for key in {_key(line) for line in _edge(page)})
    kept = []
    for page in pages:
        is_contents = sum(_LEADER.search(line) is not None for line in page) >= 3
        repeated = {line for line in _edge(page) if edges[_key(line)] >= 2}
        kept += [
            line for line in page if line not in repeated and not (is_contents and len(line) < 130)
        ]
    return "\n".join(kept)


def _edge(page: list[str]) -> list[str]:
    told = [line for line in page if line.strip()]
    return [*told[:3], *told[-3:]]


def _key(line: str) -> str:
    return re.sub(r"\d+|\b[ivxl]+\b", "#", line.casefold()).strip()


def text_of(tree: Mapping[str, Any]) -> str:
    """All words of a block tree in its order, the numbers of its lists among them."""
    alts = {figure["id"]: figure["alt"] for figure in tree["figures"]}
    return "\n".join(_told(block, alts) for block in tree["blocks"])


def _told(block: Mapping[str, Any], alts: Mapping[str, str]) -> str:
    lines = [
        _plain(block.get("caption")),
        alts.get(block.get("id", ""), ""),
        _plain(block.get("spans")),
    ]
    lines += _items(block.get("items") or [], block.get("ordered", False))
    for row in block.get("rows") or []:
        lines.append(" ".join(_plain(cell["spans"]) for cell in row))
    return "\n".join(line for line in lines if line)


def _items(items: Iterable[Mapping[str, Any]], ordered: bool) -> Iterator[str]:
    for number, item in enumerate(items, start=1):
        yield (f"{number}. " if ordered else "") + _plain(item["spans"])
        yield from _items(item.get("items") or [], False)


def _plain(spans: Iterable[Mapping[str, Any]] | None) -> str:
    return "".join(span["t"] for span in spans or ())


def heading_recall(golden: Mapping[str, Any], tree: Mapping[str, Any]) -> float:
    """The share of the expected headings, level and words, that were found."""
    wanted = Counter((level, " ".join(words(text))) for level, text in golden["headings"])
    found = Counter(
        (block["level"], " ".join(words(_plain(block["spans"]))))
        for block in tree["blocks"]
        if block["type"] == "heading"
    )
    return round(sum((wanted & found).values()) / max(1, sum(wanted.values())), 3)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measured(sys.argv[1])))
