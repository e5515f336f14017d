"""A package without migrations: the tables of the editor are made at once (see conftest.py).
Read by Django in the tests of the writing room."""
