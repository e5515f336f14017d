"""What the tests of the writing room begin with.
Read by pytest alone; run with --ds=tests.writing.settings."""
