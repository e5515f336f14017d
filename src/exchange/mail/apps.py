"""Registers the mail room and its consumer.
Called by Django alone."""

from importlib import import_module

from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "exchange.mail"
    label = "mail"

    def ready(self) -> None:
        import_module("exchange.mail.hooks")
