"""Which browser the tests drive, and how long they wait for what it shows on a machine that has much
else to do. Read by tests that open one."""

import os
import shutil

from playwright.sync_api import expect

PATIENCE = 20_000
expect.set_options(timeout=PATIENCE)


def program() -> str | None:
    """EXCHANGE_BROWSER, or the one this machine has."""
    return os.environ.get("EXCHANGE_BROWSER") or shutil.which("chromium")
