"""What the tests of the writing room begin with: its tables, and the root of its pages.
Read by pytest alone; run with --ds=tests.writing.settings."""

from collections.abc import Callable, Iterator

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test import Client
from wagtail.models import Collection, Locale, Page, Site

from exchange.members.models import Member
from tests import cast


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[None]:
    """The test database of all tests, with the editor's tables beside the others."""
    with django_db_blocker.unblock():
        with connection.schema_editor() as editor:
            for label in settings.MADE_AT_ONCE:
                for model in apps.get_app_config(label).get_models():
                    editor.create_model(model)
        plant()
    yield


def plant() -> None:
    """What the editor's own migrations bring, without its welcome page and its groups."""
    Locale.objects.get_or_create(language_code="en")
    if Page.objects.exists():
        return
    root = Page.add_root(instance=Page(title="Root", slug="root"))
    Site.objects.create(hostname="localhost", root_page=root, is_default_site=True)
    Collection.add_root(name="Root")


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
