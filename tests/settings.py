"""Settings for tests: the real ones on a data directory of their own, and nothing slow.
Read by pytest alone."""

import atexit
import os
import shutil
import tempfile

_directory = tempfile.mkdtemp(prefix="exchange-test-")
atexit.register(shutil.rmtree, _directory, ignore_errors=True)
os.environ["EXCHANGE_DATA"] = _directory
os.environ["EXCHANGE_MODE"] = "local"
os.environ["EXCHANGE_BASE_URL"] = "http://testserver"
os.environ["EXCHANGE_SECRET_KEY"] = "for tests alone, and therefore no secret at all"

from exchange.project.settings import *  # noqa: E402, F403

# Nothing is lost when a test run is cut short, so the disk need not be waited for.
if "sqlite" in DATABASES["default"]["ENGINE"]:  # noqa: F405
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"  # noqa: F405

# No thread writes figures behind a test; tests call `usage.flush` themselves.
USAGE_IS_WRITTEN = False
