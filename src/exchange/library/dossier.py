"""What this room keeps about a person, and how their name leaves it: the words stay, unnamed.
Registered by hooks; called through members.dossier."""

from typing import Any

from exchange.library import models
from exchange.library.files import actions as files
from exchange.library.offering import actions as offering
from exchange.library.offering import rules
from exchange.members import dossier
from exchange.members.models import Member

# What people wrote or did beside records: the model, and what is told of each row.
_OFFERED: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    (
        "short versions",
        models.Rung,
        ("resource_id", "length", "language", "text", "standing", "at"),
    ),
    ("recommendations", models.Recommendation, ("resource_id", "text", "where", "standing", "at")),
    (
        "give-back statements",
        models.GiveBack,
        ("resource_id", "communities", "how", "link", "note", "standing", "at"),
    ),
    ("collections", models.Shelf, ("id", "title", "words", "at")),
    ("words on shelves", models.ShelfItem, ("shelf_id", "resource_id", "comment", "at")),
)
_DONE: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("records added", models.Deposit, ("resource_id", "right", "right_note", "people", "at")),
    ("talk about records", models.DepositWord, ("resource_id", "body", "at")),
    ("files", models.File, ("resource_id", "name", "label", "size", "sha256", "added_at")),
    ("used", models.Use, ("resource_id", "how", "country", "setting", "at")),
    ("given back", models.GiveBackWord, ("resource_id", "received", "country", "at")),
    ("reading problems", models.ReadingProblem, ("reading_id", "what", "note", "at")),
    ("imports", models.ImportRun, ("form", "name", "state", "at")),
)


@dossier.register("library")
class Shelved:
    """Records added, files, short versions, collections, and what was done with records."""

    def export(self, member: Member) -> dict[str, object]:
        return {
            name: list(model.objects.filter(by=member).order_by("pk").values(*told))
            for name, model, told in (*_OFFERED, *_DONE)
        }

    def take_back(self, member: Member) -> None:
        """What they offered beside records is gone from every page, and emptied."""
        for model in (models.Rung, models.Recommendation):
            for row in model.objects.filter(by=member):
                if rules.may_take_back(member, row):
                    offering.take_back(row=row, by=member)
            model.objects.filter(by=member).update(text="")
        models.ShelfItem.objects.filter(by=member).update(comment="")
        models.DepositWord.objects.filter(by=member).update(body="")

    def erase(self, member: Member) -> None:
        for _name, model, _told in _OFFERED:
            model.objects.filter(by=member).update(by=None, shown_as="")
            model.objects.filter(checked_by=member).update(checked_by=None, checked_as="")
        # What was sent with a form that was never finished is nobody's.
        for file in models.File.objects.filter(by=member, resource=None, state="kept"):
            files.remove(file=file)
        # How a record was used stays as a number; which member it was does not.
        for model in (models.Deposit, models.File, models.Use, models.GiveBackWord):
            model.objects.filter(by=member).update(by=None)
        models.DepositWord.objects.filter(by=member).update(by=None, shown_as="")
        models.ReadingProblem.objects.filter(by=member).update(by=None)
        models.ReadingProblem.objects.filter(settled_by=member).update(settled_by=None)
        models.ImportRun.objects.filter(by=member).update(by=None)
        models.HarvestSource.objects.filter(added_by=member).update(added_by=None)
        models.HarvestSource.objects.filter(asked_by=member).update(asked_by=None)
        # The manager comes from the parent, so types would say Contribution.
        records: Any = models.Resource.objects
        records.filter(checked_by=member).update(checked_by=None)
