"""Registers the pages room: home, about, help, topics, countries, profiles and the shell's files.
Called by Django alone."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "exchange.pages"
    label = "pages"
