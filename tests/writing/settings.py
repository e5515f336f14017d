"""Settings for the tests of the writing room: those of all tests, and Wagtail.
Read by pytest alone, in a round of its own (see launch/testing.py)."""

from exchange.project import writing_settings as written
from tests.settings import *  # noqa: F403
from tests.settings import INSTALLED_APPS as OF_THE_EXCHANGE

INSTALLED_APPS = [
    *OF_THE_EXCHANGE,
    *[app for app in written.INSTALLED_APPS if app not in OF_THE_EXCHANGE],
]
MIDDLEWARE = written.MIDDLEWARE
ROOT_URLCONF = written.ROOT_URLCONF
for _name in dir(written):
    if _name.startswith("WAGTAIL"):
        globals()[_name] = getattr(written, _name)
