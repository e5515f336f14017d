"""Screening: what in a text could point to a child, tells of danger, or is a flood.
Asked through `judge.screen` by the gate and by the bench alone."""
