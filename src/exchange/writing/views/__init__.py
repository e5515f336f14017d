"""Answers of the writing room that are our own: opening from the desk, the button, files, previews.
Called through urls.py."""
