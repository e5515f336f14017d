"""Registers the taxonomy room.
Called by Django alone."""

from django.apps import AppConfig


class TaxonomyConfig(AppConfig):
    name = "exchange.taxonomy"
    label = "taxonomy"
