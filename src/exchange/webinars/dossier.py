"""What this room keeps about a person, and how their name leaves it: words stay, unnamed.
Registered by hooks; called through members.dossier."""

from typing import Any

from django.db.models import Q

from exchange.core import ids
from exchange.members import dossier
from exchange.members.models import Member
from exchange.webinars import models
from exchange.webinars.dialogue import sealing
from exchange.webinars.seats import actions

# The model, the field that points at the member, what is told of each row, what is emptied.
_ROWS: tuple[tuple[str, Any, str, tuple[str, ...], dict[str, Any]], ...] = (
    (
        "presenting",
        models.Presenter,
        "member",
        ("webinar_id", "name", "role", "words", "email", "answer"),
        {},
    ),
    ("questions", models.Asked, "member", ("webinar_id", "text", "at"), {"shown_as": ""}),
    ("chat", models.Said, "member", ("webinar_id", "text", "at"), {"shown_as": ""}),
    ("written along", models.Line, "by", ("lane_id", "text", "at"), {}),
    ("tried afterwards", models.Tried, "member", ("webinar_id", "what", "words", "at"), {}),
    ("hearings", models.Hearing, "by", ("recording_id", "says_yes", "note"), {"by_name": ""}),
    ("series", models.Series, "by", ("title", "at"), {}),
    ("moves", models.Move, "by", ("webinar_id", "sequence", "at"), {}),
    ("polls", models.Poll, "by", ("webinar_id", "text", "at"), {}),
    ("slides", models.Slide, "by", ("webinar_id", "number"), {}),
    ("pens", models.Lane, "pen", ("webinar_id", "language"), {}),
    ("broadcasts", models.Broadcast, "sender", ("webinar_id", "opened_at"), {}),
    ("summaries", models.Summary, "by", ("webinar_id", "changed_at"), {}),
    ("decisions about questions", models.Asked, "decided_by", ("id", "decided_at"), {}),
)
_SEAT = (
    *("webinar_id", "name", "group", "people", "language", "zone", "country", "way", "state"),
    *("at", "came_at", "people_came", "no_reminders_at", "agreed_recording_at"),
)


@dossier.register("webinars")
class Attended:
    """Seats, tasks, questions asked, words written along, certificates."""

    def export(self, member: Member) -> dict[str, object]:
        told = {
            name: list(_unsealed(model).filter(**{field: member}).order_by("pk").values(*columns))
            for name, model, field, columns, _emptied in _ROWS
        }
        seats = models.Seat.objects.filter(member=member).order_by("pk")
        certificates = models.Certificate.objects.filter(seat__member=member).order_by("pk")
        tasks = models.TeamMember.objects.filter(member=member).order_by("pk")
        return {
            **told,
            "seats": list(seats.values(*_SEAT)),
            "certificates": list(certificates.values("webinar_id", "code", "name", "at")),
            "tasks": list(tasks.values("webinar_id", "task", "at")),
        }

    def take_back(self, member: Member) -> None:
        """What they asked, said and wrote along leaves every screen at once, and is emptied."""
        for place in sealing.PLACES:
            field = {"asked": "member", "said": "member", "line": "by"}.get(place.code)
            rows = place.model.objects.filter(**{field: member}, sealed_at=None) if field else ()
            for pk in [row.pk for row in rows]:
                place.withdraw(pk)
                place.model.objects.filter(pk=pk).update(text="")
        tried = models.Tried.objects.filter(member=member, sealed_at=None)
        tried.update(words="", is_out=False)

    def erase(self, member: Member) -> None:
        theirs = Q(member=member)
        models.Certificate.objects.filter(seat__member=member).update(name="")
        _unname_answers(member)
        presenting = models.Presenter.objects.filter(theirs)
        for pk in presenting.values_list("pk", flat=True):
            # Nobody comes back by the link they had.
            models.Presenter.objects.filter(pk=pk).update(key=ids.new_id())
        presenting.update(name="", role="", words="", email="", answer=models.Presenter.Answer.LEFT)
        _unname_events(member)
        for _name, model, field, _columns, emptied in _ROWS:
            model.objects.filter(**{field: member}).update(**{field: None, **emptied})
        models.TeamMember.objects.filter(theirs).delete()
        # Somebody else can have a place that is ahead.
        ahead = models.Seat.objects.filter(theirs, webinar__phase__in=models.COMING)
        for seat in ahead.exclude(state=models.Seat.State.GIVEN_UP):
            actions.give_up(seat=seat)
        # That somebody was there stays as a number.
        models.Seat.objects.filter(theirs).update(member=None, name="", group="", email="")


def _unname_answers(member: Member) -> None:
    """Who answered in the hour stands there by name alone."""
    presenting = models.Presenter.objects.filter(member=member)
    names = {member.display_name, *presenting.values_list("name", flat=True)} - {""}
    where = Q(webinar__in=presenting.values("webinar")) | Q(decided_by=member)
    models.Asked.objects.filter(where, answered_as__in=names).update(answered_as="")


def _unsealed(model: Any) -> Any:
    """What safeguarding looks at is given to nobody, its writer included."""
    has_seal = any(field.name == "sealed_at" for field in model._meta.get_fields())
    return model.objects.filter(sealed_at=None) if has_seal else model.objects.all()


def _unname_events(member: Member) -> None:
    """Events say who asked and spoke. Pages read the tables, so that nothing is missing without."""
    asked = models.Asked.objects.filter(member=member).values_list("pk", flat=True)
    said = models.Said.objects.filter(member=member).values_list("pk", flat=True)
    seats = models.Seat.objects.filter(member=member).values_list("pk", flat=True)
    items = [f"asked:{pk}" for pk in asked] + [f"said:{pk}" for pk in said]
    items += [f"hand:{pk}" for pk in seats]
    models.LiveEvent.objects.filter(item__in=items).update(payload={}, kind="emptied")
