"""Bring a page of the writing room up to what happened outside.
Run by the worker."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from wagtail.models import Page

from exchange.writing.models import WrittenPage
from exchange.writing.publishing.actions import follow


class Command(BaseCommand):
    help = "Bring a page of the writing room up to what happened outside."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("page", type=int)
        parser.add_argument("--forget", action="store_true", help="drop all earlier drafts")

    def handle(self, *positional: Any, page: int, forget: bool, **named: Any) -> None:
        found = Page.objects.filter(pk=page).first()
        specific = found.specific if found is not None else None
        if isinstance(specific, WrittenPage):
            follow(page=specific, forget=forget)
