"""One person with a row in every table: all of it is handed over, and nothing of them is left.
Run by pytest alone."""

from typing import Any

import pytest
from django.apps import apps
from django.db import models

from exchange.core.time import now
from exchange.ledger import worker
from exchange.mail.actions import blank_farewells
from exchange.members import dossier
from exchange.members.leaving import leave
from exchange.members.models import Member
from tests import cast
from tests.members.furnishing import ADDRESS, NAME, House, word_of

pytestmark = pytest.mark.django_db

# Not in what a person is handed, and why.
NOT_TOLD = {
    "contributions.Decision": "what a host decided belongs to the text of somebody else",
    "contributions.VoiceLook": "who looked is told to nobody but the keepers",
    "conversation.ReplyDecision": "what a host decided belongs to the answer of somebody else",
    "hubs.Space": "the words of a hub are its hosts' together",
    "library.ImportRun": "words brought in from elsewhere, until a host has looked",
    "mail.OutgoingMail": "the words of mails stand with the person; that they went is told",
    "safeguarding.CaseEntry": "a case is told to nobody",
    "safeguarding.Evidence": "a case is told to nobody",
    "webinars.Slide": "pictures of the hour, shown by several",
    "webinars.Summary": "what was said in the hour, by everybody",
}
# What the rules keep when somebody has left, and why. The account that is pointed at has no name.
_CASE = "a child may need it: a case stays as it is until its own end, three years after"
KEPT = {
    "contributions.VoiceLook.by": "that somebody looked is never taken back",
    **dict.fromkeys(
        (
            *("safeguarding.Case.person", "safeguarding.Case.handler", "safeguarding.CaseEntry.by"),
            *("safeguarding.Look.by", "safeguarding.Recusal.member"),
            *("safeguarding.SafeguardingRole.member", "safeguarding.Evidence.shown_as"),
            *("safeguarding.SafeguardingRole.appointed_by", "safeguarding.ReporterAddress.address"),
        ),
        _CASE,
    ),
}


@pytest.fixture
def zaituni(db) -> Member:
    member = cast.person("Zaituni", email=ADDRESS)
    Member.objects.filter(pk=member.pk).update(display_name=NAME)
    member.refresh_from_db()
    return member


@pytest.fixture
def made(zaituni: Member) -> list[Any]:
    """A row of theirs in every table that could hold something of them."""
    house = House(zaituni)
    return [house.row(model) for model in dossier.personal() if model is not Member]


def test_what_is_held_in_any_table_is_handed_over(zaituni, made) -> None:
    told = str(dossier.export(zaituni))

    missing = [
        label
        for row in made
        if (label := row._meta.label) and word_of(row) and word_of(row) not in told
    ]
    assert sorted(set(missing) - set(NOT_TOLD)) == []
    assert sorted(set(NOT_TOLD) - set(missing)) == [], "these are told by now"


def test_nothing_of_who_has_left_is_in_any_table(zaituni, made) -> None:
    leave(member=zaituni, words_too=True)
    worker.run_until_idle()
    blank_farewells(now=now())

    left = {*_pointing(zaituni), *_saying()}
    assert sorted(left - set(KEPT)) == []


def _pointing(member: Member) -> list[str]:
    return [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.local_fields
        if field.is_relation
        and field.related_model is Member
        and model._base_manager.filter(**{field.name: member.pk}).exists()
    ]


def _saying() -> list[str]:
    """Columns of any table in which the name or the address still stands."""
    found = []
    for model in apps.get_models():
        texts = [field.attname for field in model._meta.local_fields if _is_text(field)]
        for row in model._base_manager.values(*texts) if texts else ():
            found += [f"{model._meta.label}.{name}" for name in texts if _says(row[name])]
    return found


def _is_text(field: Any) -> bool:
    return isinstance(field, (models.CharField, models.TextField, models.JSONField))


def _says(value: object) -> bool:
    words = str(value).casefold()
    return any(part in words for part in (*NAME.casefold().split(), ADDRESS))


def test_a_table_of_people_that_nobody_answers_for_is_found(monkeypatch) -> None:
    assert dossier.without_entry() == []
    monkeypatch.delitem(dossier._covered, "mail")
    assert {"mail.IncomingMail", "mail.OutgoingMail"} <= set(dossier.without_entry())
    monkeypatch.delitem(dossier.NOBODYS, "announcing.Channel")
    assert "announcing.Channel" in dossier.without_entry()


@pytest.mark.parametrize(
    ("field", "is_one"),
    [
        (models.EmailField(name="reach"), True),
        (models.CharField(name="guest_name"), True),
        (models.CharField(name="phone"), True),
        (models.CharField(name="shown_as"), True),
        (models.ForeignKey(Member, models.CASCADE, name="writer"), True),
        (models.TextField(name="body"), False),
        (models.CharField(name="role", choices=[("host", "host")]), False),
    ],
)
def test_a_column_of_a_person_is_known_by_its_sort_or_its_name(field, is_one) -> None:
    field.model = Member
    assert dossier.is_of_a_person(field) is is_one
