"""A database of its own for real processes: a copy of the tests' own, which has all tables already.
Used by the proofs of sending."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
from django.db import connection


@contextmanager
def database_apart(data: Path) -> Iterator[str]:
    """Its address; "" for SQLite, whose file lies in `data`. The tests' own must be free: no
    transaction is open in it, and nobody else is in it."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(data / "exchange.sqlite3")) as copy:
            connection.connection.backup(copy)
        yield ""
        return
    server, name = os.environ["EXCHANGE_DATABASE"], f"proof_{uuid4().hex[:12]}"
    of_tests = connection.settings_dict["NAME"]
    connection.close()
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", [of_tests]
        )
        admin.execute(f"create database {name} template {of_tests}")
        try:
            yield urlsplit(server)._replace(path=f"/{name}").geturl()
        finally:
            admin.execute(f"drop database {name} with (force)")
