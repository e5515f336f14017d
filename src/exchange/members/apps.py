"""Registers the members room.
Called by Django alone."""

from importlib import import_module

from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "exchange.members"
    label = "members"

    def ready(self) -> None:
        import_module("exchange.members.hooks")
