"""The way from the desk to the writing room, which is a process of its own.
Used by views/writing.py; the room itself is `exchange.writing`."""
