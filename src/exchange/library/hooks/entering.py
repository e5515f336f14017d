"""The library as the keeper of lasting records, for rooms beside it.
Loaded by hooks/__init__.py."""

from exchange.contributions import catalogue
from exchange.library.entering import actions

catalogue.register(catalogue.Catalogue(enter=actions.enter, say_used=actions.say_used))
