"""What a host does in the writing room, in a browser.
Used by the journeys."""

import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from tests.journeys.people import Person

# The first time its tables are made; then its process is started.
OPENED_WITHIN = 150_000
EDITING = re.compile(r"/desk/write/pages/\d+/edit/")


def schedule(host: Person, brief: int, *, minutes: int = 1) -> None:
    """Open a brief there, choose an hour (in UTC, as the dialog says), and leave it to come out."""
    host.go(f"/desk/write/open/brief/{brief}/")
    host.page.wait_for_url(EDITING, timeout=OPENED_WITHIN)
    at = datetime.now(UTC) + timedelta(minutes=minutes)
    host.page.get_by_role("button", name="Toggle status").click()
    host.page.get_by_role("button", name="Set schedule").click()
    host.page.locator("#id_go_live_at").fill(f"{at:%Y-%m-%dT%H:%M}")
    host.page.get_by_role("button", name="Save schedule").click()
    expect(host.page.locator("#id_go_live_at")).to_be_hidden()
    host.page.locator("footer [data-w-dropdown-target=toggle]").click()
    host.page.get_by_role("button", name="Schedule to publish").click()
    expect(host.page.get_by_text("It goes out at its hour")).to_be_visible()
