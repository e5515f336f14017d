"""Registers the conversation room.
Called by Django alone."""

from importlib import import_module

from django.apps import AppConfig


class ConversationConfig(AppConfig):
    name = "exchange.conversation"
    label = "conversation"

    def ready(self) -> None:
        import_module("exchange.conversation.hooks")
        import_module("exchange.conversation.outward")
