"""What the library shows on the page of an organisation.
Loaded by hooks/__init__.py."""

from exchange.library import made_by
from exchange.organisations import showing

showing.register("library/_made_by.html", made_by.records, order=40)
