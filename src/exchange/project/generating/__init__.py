"""Made-up content in any amount, to measure with: seeded, so that two machines make the same.
Called by the `generate` command alone."""
