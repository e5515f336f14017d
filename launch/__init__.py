"""The launcher: sets up what is missing and runs the Exchange. Standard library only.
Called by the file `exchange` at the root; nothing under src/ may import it."""
