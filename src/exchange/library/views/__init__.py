"""The views of the library, a file for each matter.
Called by urls alone."""
