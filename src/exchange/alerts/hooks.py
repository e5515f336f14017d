"""Plugs alerts into the house: what people are told when something happens.
Loaded by `apps.py`."""
