"""Fixtures every test may use: the cast, a visitor's client, the vocabulary.
Read by pytest alone."""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import translation

from exchange.core import waiting
from exchange.core.page_cache import shelf
from exchange.members.models import Member
from exchange.pages.steering import kept
from exchange.taxonomy import vocabulary
from exchange.taxonomy.actions import load_terms
from exchange.taxonomy.models import Term
from launch.testing import ONCE
from tests import cast

pytest_plugins: list[str] = []
ROOT = Path(__file__).resolve().parents[1]
# The writing room has settings, and a round of tests, of its own.
collect_ignore = [] if "wagtail" in settings.INSTALLED_APPS else ["writing"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is run on one database alone must not ask a database at all."""
    for item in items:
        place = item.path.relative_to(ROOT).as_posix()
        asks = item.get_closest_marker("django_db") or {"db", "transactional_db"} & set(
            getattr(item, "fixturenames", ())
        )
        if asks and place.startswith(ONCE):
            raise pytest.UsageError(f"{item.nodeid} asks a database, and is in launch.testing.ONCE")


def pytest_collection_finish() -> None:
    """Modules and tests stay until the end: looking through them all for what could be thrown away,
    again and again, took a quarter of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[None]:
    """The test database, with the vocabulary loaded once for all tests."""
    with django_db_blocker.unblock():
        load_terms()
        vocabulary.terms("topic")
    yield
    with django_db_blocker.unblock():
        _send_home()


def _send_home() -> None:
    """A thread of a test's server may still hold a line to PostgreSQL, which then could not take
    its database away."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(autouse=True)
def _terms_after_a_flush(request: pytest.FixtureRequest) -> None:
    """A test with real commits empties every table behind it: load the vocabulary again."""
    marker = request.node.get_closest_marker("django_db")
    real_commits = bool(marker and marker.kwargs.get("transaction"))
    if real_commits or {"transactional_db", "live_server"} & set(request.fixturenames):
        request.getfixturevalue("transactional_db")
        if not Term.objects.exists():
            load_terms()


@pytest.fixture(autouse=True)
def _forgetful_cache() -> Iterator[None]:
    """Rate limits, cached pages and the language of one test do not reach the next. Hosts have
    chosen nothing for the home, and that is known."""
    translation.activate("en")
    cache.clear()
    shelf.clear()
    waiting.forget()
    kept.presume()
    yield
    cache.clear()
    shelf.clear()
    waiting.forget()


@pytest.fixture
def amina(db: None) -> Member:
    return cast.amina()


@pytest.fixture
def beatriz(db: None) -> Member:
    return cast.beatriz()


@pytest.fixture
def chen(db: None) -> Member:
    return cast.chen()


@pytest.fixture
def desta(db: None) -> Member:
    return cast.desta()


@pytest.fixture
def visitor() -> Client:
    """Somebody who has not signed in."""
    return Client()


@pytest.fixture
def signed_in() -> Callable[[Client, Member], Client]:
    return cast.signed_in
