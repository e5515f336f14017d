"""The pages of webinars, a file for each matter.
Called by the addresses beside it."""
