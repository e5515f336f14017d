"""Tests of stopping mail."""
