"""Two hosts bring in the same records at the same moment.
Read by pytest alone."""

import threading

import pytest
from django.db import connection

from exchange.library.bringing import actions
from exchange.library.bringing.rows import Row
from exchange.library.models import ImportRun, Resource
from tests.library.conftest import ROW

pytestmark = pytest.mark.django_db(transaction=True)


def looked_at() -> ImportRun:
    rows = [Row(n, {**ROW, "title": f"Record {n}"}) for n in range(2, 12)]
    return actions.keep(form="csv", name="table.csv", rows=rows, by=None)


def at_once(*runs: ImportRun) -> list[actions.Done]:
    done: list[actions.Done] = []
    start = threading.Barrier(len(runs))

    def bring(run: ImportRun) -> None:
        start.wait(10)
        try:
            done.append(actions.bring(run=run, by=None, numbers=None))
        finally:
            connection.close()

    threads = [threading.Thread(target=bring, args=[run]) for run in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return done


def test_two_looks_at_the_same_records_bring_each_in_once() -> None:
    done = at_once(looked_at(), looked_at())

    assert len(done) == 2
    assert sum(one.brought for one in done) == Resource.objects.count() == 10


def test_one_look_let_in_twice_brings_each_in_once() -> None:
    run = looked_at()

    done = at_once(run, run)

    assert sorted(one.brought for one in done) == [0, 10]
    assert Resource.objects.count() == 10
