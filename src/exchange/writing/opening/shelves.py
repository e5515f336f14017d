"""The root of the room and its three shelves, made ready as often as one likes.
Called when tables have been made, and before a page is opened."""

from __future__ import annotations

from django.db import transaction
from wagtail.models import Page, Site

from exchange.writing.models import Shelf

_TITLES = {
    Shelf.Holds.BRIEFS: "Briefs",
    Shelf.Holds.NEWSLETTERS: "Newsletters",
    Shelf.Holds.PAGES: "Pages",
}
_WELCOME = "home"


def make_ready() -> Shelf:
    """The root, with its shelves under it; the editor's own welcome page goes."""
    with transaction.atomic():
        root = Shelf.objects.filter(holds=Shelf.Holds.SHELVES).first() or _root()
        for holds, title in _TITLES.items():
            if not Shelf.objects.filter(holds=holds).exists():
                root.add_child(instance=_shelf(holds, title, holds))
                root.refresh_from_db()
    return root


def shelf(holds: str) -> Shelf:
    found: Shelf | None = Shelf.objects.filter(holds=holds).first()
    if found is None:
        make_ready()
        made: Shelf = Shelf.objects.get(holds=holds)
        return made
    return found


def _root() -> Shelf:
    top = Page.get_first_root_node()
    if top is None:
        top = Page.add_root(instance=Page(title="Root", slug="root"))
    made: Shelf = top.add_child(instance=_shelf(Shelf.Holds.SHELVES, "The Exchange", "exchange"))
    Site.objects.all().update(root_page=made)
    if not Site.objects.exists():
        Site.objects.create(hostname="localhost", root_page=made, is_default_site=True)
    for page in Page.objects.filter(depth=2, slug=_WELCOME, content_type__model="page"):
        page.delete()
    made.refresh_from_db()
    return made


def _shelf(holds: str, title: str, slug: str) -> Shelf:
    return Shelf(title=title, slug=slug, holds=holds, live=True, show_in_menus=False)
