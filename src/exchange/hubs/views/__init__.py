"""The pages of hubs and working groups, a file for each matter.
Called by the files in `urls`."""
