"""What the tests of the writing room begin with: its tables, and the root of its pages.
Read by pytest alone; run with --ds=tests.writing.settings."""

from collections.abc import Callable
from importlib import import_module
from itertools import chain

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.management import create_contenttypes
from django.db import connection
from django.test import Client
from wagtail.models import Collection, Locale, Page, Site

from exchange.members.models import Member
from exchange.writing.opening.shelves import make_ready
from tests import cast


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> None:
    """The test database of all tests, with the editor's tables beside the others."""
    with django_db_blocker.unblock():
        make_tables()
        plant()


def make_tables() -> None:
    """Each as its model says today; the search index alone has parts that no model describes."""
    found = [apps.get_app_config(label).get_models() for label in settings.MADE_AT_ONCE]
    with connection.schema_editor() as editor:
        for model in chain.from_iterable(found):
            if not model._meta.db_table.endswith("_fts"):
                editor.create_model(model)
    parts = import_module("wagtail.search.migrations.0006_customise_indexentry").Migration
    with connection.cursor() as cursor:
        for part in parts.operations:
            for statement in getattr(part, "database_operations", ()):
                cursor.execute(statement.sql)


def plant() -> None:
    """What the editor's own migrations bring, without its welcome page and its groups; and our
    shelves."""
    for label in settings.MADE_AT_ONCE:
        # Kept in memory once they were looked up, so they must not come and go with a test.
        create_contenttypes(apps.get_app_config(label), verbosity=0)
    Locale.objects.get_or_create(language_code="en")
    if Page.objects.exists():
        return
    root = Page.add_root(instance=Page(title="Root", slug="root"))
    Site.objects.create(hostname="localhost", root_page=root, is_default_site=True)
    Collection.add_root(name="Root")
    make_ready()


@pytest.fixture(autouse=True)
def _planted_after_a_flush(request: pytest.FixtureRequest) -> None:
    """A test with real commits empties every table behind it."""
    marker = request.node.get_closest_marker("django_db")
    real_commits = bool(marker and marker.kwargs.get("transaction"))
    if real_commits or {"transactional_db", "live_server"} & set(request.fixturenames):
        request.getfixturevalue("transactional_db")
        plant()


@pytest.fixture
def host(beatriz: Member) -> Client:
    """Beatriz, a host who has shown a second factor."""
    return cast.signed_in(Client(), beatriz)


@pytest.fixture
def as_host() -> Callable[[Member], Client]:
    return lambda member: cast.signed_in(Client(), member)
