"""What the members room offers to others when the program starts.
Loaded by `apps.py`."""

from importlib import import_module

# Registers how a person's account is exported and erased.
import_module("exchange.members.dossier")
