"""Answering by mail: answers, corrections, taking back, and saying yes to one's own words.
Handlers are registered by this room's hooks."""
