"""A page as the tests of all pages know it. Used by rooms.py and the files of rooms beside it."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page


@dataclass(frozen=True)
class Room:
    """A page: its name, its address without a language, and what to do there first."""

    name: str
    path: str
    first: Callable[[Page], None] | None = None


def open_everything(page: Page) -> None:
    for summary in page.locator("main summary").all():
        summary.click()
