"""The line in our mails above which people may answer. It helps to tell their words from ours;
words below it are not lost. Written by the letters of every room, known to `mail.reading`."""

from django.utils.translation import gettext

# Stands at both ends of the line in every language.
SIGN = "-=-=-"


def line() -> str:
    """The line, in the language that is active."""
    return f"{SIGN} {gettext('You can answer above this line, or between the lines')} {SIGN}"
