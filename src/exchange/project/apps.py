"""Registers the project room, which knows every room and holds none of their work.
Called by Django alone."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "exchange.project"
    label = "project"
