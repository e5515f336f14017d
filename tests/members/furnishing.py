"""A row of one person in every table that could hold something of them.
Called by the test of the dossier alone."""

from __future__ import annotations

import itertools
import uuid
from datetime import date, time
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import models

from exchange.core.time import now
from exchange.members import dossier
from exchange.members.models import Member

NAME, ADDRESS = "Zaituni Wazimu", "zaituni@example.org"
_numbers = itertools.count(70001)
# Where a row is theirs by what stands beside it.
_BESIDE = {
    "corresponding.Message": {"correspondence": "corresponding.Correspondence"},
    "desk.Appeal": {"contribution": "contributions.Contribution"},
    "webinars.Certificate": {"seat": "webinars.Seat"},
}
# What somebody has from the first day.
_THERE = {"account.EmailAddress": "user", "members.Agreement": "member"}


def word_for(model: Any) -> str:
    """A word that stands in this table and in no other."""
    return "zq" + model._meta.label.replace(".", "").lower()


def word_of(row: Any) -> str:
    """The word of a row, if it has a place for words."""
    word = word_for(type(row))
    told = (getattr(row, field.attname) for field in row._meta.local_fields)
    return word if any(isinstance(one, str) and word in one for one in told) else ""


class House:
    """Makes rows; what another row is needed for is made once and is nobody's."""

    def __init__(self, member: Member) -> None:
        self.member = member
        self.props: dict[Any, Any] = {}
        self.rows: dict[Any, Any] = {}

    def row(self, model: Any) -> Any:
        """One that is all theirs; the one that was made with the person is it."""
        if model in self.rows:
            return self.rows[model]
        if model._meta.label in _THERE:
            return model._base_manager.filter(**{_THERE[model._meta.label]: self.member}).first()
        values: dict[str, Any] = {}
        for field in model._meta.concrete_fields:
            if _is_given(field):
                continue
            values[field.name] = self._theirs(model, field)
        for name, of in _BESIDE.get(model._meta.label, {}).items():
            values[name] = self.one(apps.get_model(of))
        self.rows[model] = _made(model, values)
        return self.rows[model]

    def one(self, model: Any) -> Any:
        """The row of theirs in another table."""
        return self.rows.get(model) or self.row(model)

    def _theirs(self, model: Any, field: Any) -> Any:
        if field.is_relation:
            if field.related_model is Member:
                return self.member
            return None if field.null else self.prop(field.related_model)
        if field.name == "person":
            return self.member.pk
        if dossier.is_of_a_person(field):
            return (
                ADDRESS
                if "address" in field.name or "email" in field.name
                else NAME[: field.max_length or 60]
            )
        if _is_words(field):
            return word_for(model)[: field.max_length]
        return _plain(field)

    def prop(self, model: Any) -> Any:
        """Something a row of theirs needs beside it."""
        if model not in self.props:
            values = {
                field.name: self._of_nobody(field)
                for field in model._meta.concrete_fields
                if not _is_given(field)
            }
            self.props[model] = _made(model, values)
        return self.props[model]

    def _of_nobody(self, field: Any) -> Any:
        if not field.is_relation:
            return _plain(field)
        if field.null:
            return None
        if field.related_model is Member:
            return self.prop(Member)
        return self.prop(field.related_model)


def _is_given(field: Any) -> bool:
    is_key = field.primary_key and (isinstance(field, models.AutoField) or field.is_relation)
    return is_key or (field.is_relation and getattr(field.remote_field, "parent_link", False))


def _is_words(field: Any) -> bool:
    if field.choices or field.unique or (field.max_length or 999) < 40:
        return False
    is_text = isinstance(field, (models.CharField, models.TextField))
    return is_text and field.name in {
        *("title", "body", "text", "words", "note", "about", "comment", "faced", "label", "why"),
        *("caption", "alt", "answer", "agenda", "subject", "seeks", "helps_with", "detail"),
    }


def _plain(field: Any) -> Any:
    if field.has_default():
        return field.get_default()
    if field.null:
        return None
    if field.choices:
        return field.choices[0][0]
    number = next(_numbers)
    kinds: tuple[tuple[Any, Any], ...] = (
        (models.EmailField, f"nobody{number}@example.org"),
        (models.UUIDField, uuid.uuid4()),
        (models.BooleanField, False),
        (models.DateTimeField, now()),
        (models.DateField, date(2026, 1, 1)),
        (models.TimeField, time(9)),
        (models.DecimalField, Decimal(1)),
        (models.FloatField, 1.0),
        (models.JSONField, {}),
        (models.BinaryField, b""),
        (models.DurationField, None),
    )
    for kind, value in kinds:
        if isinstance(field, kind):
            return value
    if isinstance(field, models.IntegerField):
        return number % 30000
    return f"x{number}"[-(field.max_length or 20) :]


def _made(model: Any, values: dict[str, Any]) -> Any:
    row = model(**values)
    row.save(force_insert=True)
    return row
