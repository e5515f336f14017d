"""Measuring: a table for people, one line of JSON for programs. Each room may bring a measurement.
Called by the `bench` command alone."""
