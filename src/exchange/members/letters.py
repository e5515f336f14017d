"""The letters this room writes: the code for joining or signing in.
Called by views; the worker of the mail room sends them."""

from django.template.loader import render_to_string
from django.utils.translation import override

from exchange.core import languages
from exchange.mail.actions import queue_mail
from exchange.members import queries


def send_code(*, email: str, code: str, joining: bool, host: str) -> None:
    """Write a code to an address, whoever has it: the page cannot tell, the letter does. It says
    kindly when a newcomer is a member already, and when nobody has joined with the address."""
    member = queries.by_address(email)
    spoken = member.first_language if member and member.languages else languages.current()
    known = {"code": code, "is_known": member is not None, "joining": joining, "host": host}
    with override(spoken):
        subject = render_to_string("members/mail/code_subject.txt", known)
        text = render_to_string("members/mail/code.txt", known)
    queue_mail(
        to=email,
        subject=" ".join(subject.split()),
        text=text.strip() + "\n",
        language=spoken,
        purpose="code",
    )
