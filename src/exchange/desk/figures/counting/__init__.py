"""Counts one period in the tables of every room; each module yields numbers with a name and a key.
Called by `keeping` alone."""
