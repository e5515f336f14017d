"""Tests of hubs and working groups.
Run by pytest alone."""
