"""Asking whether a record that is being added is the same as one here, or its kin.
Used by the views of adding a record."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchange.core.text import excerpt
from exchange.library.depositing.actions import Kin
from exchange.library.depositing.queries import Twin
from exchange.library.models import Resource
from exchange.members.models import Member

NONE = "none"
_KIN = re.compile(r"(edition|translation)-([0-9]{1,15})")


class TwinForm(forms.Form):
    """Which of the records here it is kin to, or none of them."""

    twin = forms.ChoiceField(
        label=gettext_lazy("Is yours another one?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Please choose one, or look at what is here already.")
        },
    )

    def __init__(self, found: list[Twin], data: Any = None) -> None:
        super().__init__(data)
        choices = []
        for one in found:
            title = excerpt(one.resource.title, 70)
            named = {"title": title}
            pk = one.resource.pk
            choices.append((f"edition-{pk}", _("Another edition of “%(title)s”") % named))
            choices.append((f"translation-{pk}", _("A translation of “%(title)s”") % named))
        if not any(one.is_certain for one in found):
            choices.append((NONE, _("None of these: it is another record")))
        self.fields["twin"].choices = choices  # type: ignore[attr-defined]

    @staticmethod
    def answers(found: list[Twin]) -> set[str]:
        """What may be said to these."""
        keys = {f"{how}-{one.resource.pk}" for one in found for how in ("edition", "translation")}
        return keys if any(one.is_certain for one in found) else keys | {NONE}


def kin_of(answer: str, reader: Member) -> Kin | None:
    """The record somebody called kin, if they may still see it."""
    match = _KIN.fullmatch(answer)
    if match is None:
        return None
    rows: Any = Resource.objects.visible_to(reader)
    row = rows.filter(pk=int(match[2])).first()
    return Kin(row, is_translation=match[1] == "translation") if row else None
