"""The tag `mail_waiting`: how many mails wait for a host.
Used by the desk's own templates."""

from django import template

from exchange.desk.queries import mail

register = template.Library()


@register.simple_tag
def mail_waiting() -> int:
    return mail.waiting()
