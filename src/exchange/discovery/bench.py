"""Search: how well it finds (nDCG@10) and how fast, beside plain BM25 and 10,000 contributions.
Called by the `bench` command; the same measurements run in sets of their own as children."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import connection

from exchange.discovery import actions, speed
from exchange.discovery.models import SearchEntry

NAME = "search"
HELP = "search: what it finds and how fast, here and in 10,000 contributions"
SMALL = 10_000


def run(options: Mapping[str, Any]) -> dict[str, Any]:
    """What is found in the real library, how fast search is here, and against a small set."""
    found = _child(_library_set(), "relevance")
    compare = str(options.get("compare") or "")
    small = _child(_other(compare) if compare else _small_set(), "speed")
    here = _here() or small
    return {
        "database": connection.vendor,
        **found,
        **here,
        "p95_ms_10k": small["p95_ms"],
        "p50_ms_10k": small["p50_ms"],
        "entries_10k": small["entries"],
        "p95_ratio_to_10k": round(here["p95_ms"] / max(small["p95_ms"], 0.1), 2),
    }


def _here() -> dict[str, Any]:
    """How fast search is on this database, indexed first if nobody did; {} when it is empty."""
    if not SearchEntry.objects.exists() and not actions.rebuild():
        return {}
    return speed.measure()


def _library_set() -> dict[str, str]:
    """The starter library alone, so that made-up words do not stand among the judged records."""
    env = _set_of_its_own("library")
    _exchange(env, "migrate", "--verbosity", "0")
    _exchange(env, "load_starter")
    _exchange(env, "reindex", "--fresh")
    return env


def _small_set() -> dict[str, str]:
    """The generator's 10,000 contributions; kept, because making them takes longer than asking."""
    env = _set_of_its_own("small")
    _exchange(env, "migrate", "--verbosity", "0")
    _exchange(env, "load_starter")
    if _child(env, "count")["entries"] < SMALL:
        _exchange(env, "generate", "--contributions", str(SMALL), "--replies-per", "0")
    else:
        _exchange(env, "reindex", "--fresh")
    return env


def _set_of_its_own(name: str) -> dict[str, str]:
    """The environment of a set beside this one, on the same kind of database."""
    directory = Path(settings.DATA_DIR) / "bench" / f"search-{name}"
    directory.mkdir(parents=True, exist_ok=True)
    env = {**os.environ, "EXCHANGE_DATA": str(directory)}
    if connection.vendor == "postgresql":
        parts = urlsplit(settings.DATABASE_URL)
        database = f"{parts.path.strip('/')}_bench_{name}"
        _create_database(database)
        env["EXCHANGE_DATABASE"] = urlunsplit(parts._replace(path=f"/{database}"))
    return env


def _create_database(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone() is None:
            cursor.execute(f"CREATE DATABASE {connection.ops.quote_name(name)}")


def _other(where: str) -> dict[str, str]:
    """The environment of a set somebody named: a directory or the address of a database."""
    if "://" in where:
        return {**os.environ, "EXCHANGE_DATABASE": where}
    return {**os.environ, "EXCHANGE_DATA": where, "EXCHANGE_DATABASE": ""}


def _child(env: Mapping[str, str], what: str) -> dict[str, Any]:
    """Measure in another process, which reads its settings anew."""
    result: dict[str, Any] = json.loads(_exchange(env, "measure_search", what).splitlines()[-1])
    return result


def _exchange(env: Mapping[str, str], *words: str) -> str:
    ran = subprocess.run(
        [sys.executable, "-m", "exchange", *words],
        env=dict(env),
        check=False,
        capture_output=True,
        text=True,
    )
    if ran.returncode:
        raise RuntimeError(f"`{' '.join(words)}` failed: {ran.stderr.strip()[-2000:]}")
    return ran.stdout
