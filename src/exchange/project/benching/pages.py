"""Measures pages: how long one visitor waits, how many visitors at once, queries, bytes, memory.
Called by `bench pages`, over HTTP against a web process of its own."""

from __future__ import annotations

import gzip
import json
import os
import platform
import statistics
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from exchange.contributions.models import Contribution
from exchange.conversation.models import Reply
from exchange.project.benching import client, servers
from exchange.project.benching.addresses import addresses

NAME = "pages"
HELP = "every kind of page: waiting, throughput, queries, bytes, memory"
AT_ONCE = 16
ASKED = 120
# A cookie we know nothing of: the page cache then steps aside, as for people who signed in.
UNCACHED = {"Accept-Encoding": "gzip", "Cookie": "measured=1"}
CACHED = {"Accept-Encoding": "gzip"}
FIRST_VISIT_BYTES = 14_000


def run(options: Mapping[str, Any]) -> dict[str, Any]:
    """Measure every kind of page. Figures are of this machine and this moment."""
    seconds = float(options.get("seconds") or 4)
    kinds = addresses()
    result: dict[str, Any] = {"machine": machine(), "database": database()}
    with servers.web({}) as (port, pid), servers.worker() as worker, servers.nginx() as static:
        fastest = _static(static, seconds)
        result["pages"] = {
            name: _page((port, pid), paths, seconds, fastest) for name, paths in kinds.items()
        }
        result["cached"] = _cached(port, kinds["home"][0], seconds, fastest)
        result["memory_mb"] = _memory(pid, worker)
    result["static_10kb_requests_per_s"] = fastest
    result["client"] = "wrk" if client.has_wrk() else "python"
    if fastest is None:
        result["remark"] = "nginx is not installed here, so nothing is compared with it"
    if options.get("compare"):
        _compare(result["pages"], str(options["compare"]))
    return result


def machine() -> str:
    """The class of machine, without its name."""
    cores = len(os.sched_getaffinity(0))
    return f"{cores} cores, {platform.machine()}, Python {platform.python_version()}"


def database() -> str:
    """Which database, and how much is in it."""
    rows, replies = Contribution.objects.count(), Reply.objects.count()
    return f"{connection.vendor}, {rows} contributions, {replies} replies"


def _page(
    server: tuple[int, int], paths: list[str], seconds: float, fastest: float | None
) -> dict[str, float | int | None]:
    port, pid = server
    ask = client.Ask(port, paths, UNCACHED)
    # The first time each address is asked, nothing of it is in any memory of ours.
    first = _times(ask, len(paths))
    before = servers.cpu_seconds(pid)
    times = _times(ask, max(ASKED, len(paths)))
    cpu = (servers.cpu_seconds(pid) - before) / len(times)
    rate = client.many(ask, at_once=AT_ONCE, seconds=seconds, expect=200)
    whole = client.one_by_one(client.Ask(port, paths, CACHED), min(len(paths), 20))
    return {
        "p50_ms": round(statistics.median(times), 1),
        "p95_ms": _p95(times),
        "first_p95_ms": _p95(first),
        "cpu_ms": round(cpu * 1000, 1),
        "queries": _queries(paths),
        "bytes_gzip": max(_compressed(answer) for answer in whole),
        "requests_per_s": round(rate, 1),
        "ratio_to_static": round(rate / fastest, 4) if fastest else None,
    }


def _times(ask: client.Ask, count: int) -> list[float]:
    """Milliseconds of so many answers, one after another. Raises when one is wrong."""
    answers = client.one_by_one(ask, count)
    wrong = sorted({answer.status for answer in answers if answer.status != 200})
    if wrong:
        raise RuntimeError(f"{ask.paths[0]} and others answered {wrong}")
    return [answer.seconds * 1000 for answer in answers]


def _p95(times: list[float]) -> float:
    """The time that nineteen of twenty stayed under; of a few, the longest."""
    return round(sorted(times)[min(len(times) - 1, int(len(times) * 0.95))], 1)


def _compressed(answer: client.Answer) -> int:
    if answer.headers.get("content-encoding") == "gzip":
        return len(answer.body)
    return len(gzip.compress(answer.body, 6))


def _queries(paths: list[str]) -> int:
    """The most queries any of a few pages asks, in this process, past the cache."""
    visitor = Client(headers={"Cookie": UNCACHED["Cookie"]})
    most = 0
    for path in paths[:5]:
        with CaptureQueriesContext(connection) as asked:
            visitor.get(path)
        most = max(most, len(asked))
    return most


def _cached(
    port: int, path: str, seconds: float, fastest: float | None
) -> dict[str, dict[str, float | None]]:
    """The home page from memory, and the answer that nothing changed."""
    (first,) = client.one_by_one(client.Ask(port, [path], CACHED), 1)
    known = {**CACHED, "If-None-Match": first.headers["etag"]}
    rates = {
        "from memory (200)": client.many(
            client.Ask(port, [path], CACHED), at_once=AT_ONCE, seconds=seconds, expect=200
        ),
        "unchanged (304)": client.many(
            client.Ask(port, [path], known), at_once=AT_ONCE, seconds=seconds, expect=304
        ),
    }
    return {
        name: {
            "requests_per_s": round(rate),
            "ratio_to_static": round(rate / fastest, 3) if fastest else None,
        }
        for name, rate in rates.items()
    }


def _static(port: int | None, seconds: float) -> float | None:
    if port is None:
        return None
    ask = client.Ask(port, ["/file.html"])
    return round(client.many(ask, at_once=AT_ONCE, seconds=seconds, expect=200))


def _memory(web: int, worker: int) -> dict[str, float]:
    """Proportional memory after all that asking, in MB; the launcher above them is not in it.
    Without pages of files: what the programs themselves hold, whatever the disk cache does."""
    sizes = {
        name: servers.memory_kb(pid, part)
        for name, pid, part in (
            ("web", web, "Pss:"),
            ("worker", worker, "Pss:"),
            ("web without files", web, "Pss_Anon:"),
            ("worker without files", worker, "Pss_Anon:"),
        )
    }
    sizes["together"] = sizes["web"] + sizes["worker"]
    sizes["together without files"] = sizes["web without files"] + sizes["worker without files"]
    return {name: round(size / 1024, 1) for name, size in sizes.items()}


def _compare(pages: dict[str, dict[str, Any]], other: str) -> None:
    """How much longer one visitor waits here than with a smaller set (a data directory, or the
    address of a PostgreSQL database)."""
    env = other_environment(other)
    with servers.web(env) as (port, _pid):
        for name, paths in _addresses_of(env).items():
            if name not in pages:
                continue
            ask = client.Ask(port, paths, UNCACHED)
            _times(ask, len(paths))
            smaller = _p95(_times(ask, max(ASKED, len(paths))))
            pages[name]["p95_ms_smaller"] = smaller
            pages[name]["p95_ratio"] = round(pages[name]["p95_ms"] / smaller, 2)


def other_environment(other: str) -> dict[str, str]:
    if "://" in other:
        return {"EXCHANGE_DATABASE": other, "EXCHANGE_DATA": str(settings.DATA_DIR)}
    return {"EXCHANGE_DATABASE": "", "EXCHANGE_DATA": other}


def _addresses_of(env: dict[str, str]) -> dict[str, list[str]]:
    said = subprocess.run(
        [sys.executable, "-m", "exchange", "bench", "addresses", "--json"],
        env=servers.environment(env),
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    found: dict[str, list[str]] = json.loads(said.strip().splitlines()[-1])
    return found
