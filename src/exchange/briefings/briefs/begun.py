"""What hosts have begun to put together and not kept yet: words that were taken back leave it too.
Called by the hooks of quoting."""

from __future__ import annotations

from django.db import transaction

from exchange.briefings.briefs.talks import former_words
from exchange.briefings.quoting import words
from exchange.briefings.quoting.sources import place_of
from exchange.contributions.models import Draft
from exchange.ledger.models import Event

_PASSAGE = "passage-"


def look_again(event: Event) -> None:
    """Whatever happened to a contribution or an answer, as `taking_back` of what is kept."""
    place = 1 if event.subject_type == "reply" else 0
    begun = Draft.objects.filter(kind="brief", about=None)
    for pk, answers in list(begun.order_by("pk").values_list("pk", "answers")):
        keys = [key for key in _keys(answers) if _number(key, place) == event.subject_id]
        if any(_gone(key, answers) for key in keys):
            _leave(pk, keys)


def _leave(pk: int, keys: list[str]) -> None:
    with transaction.atomic():
        draft = Draft.objects.select_for_update(of=("self",), no_key=True).filter(pk=pk).first()
        if draft is None:
            return
        answers = dict(draft.answers)
        for key in keys:
            for said in _gone(key, answers):
                answers = {
                    name: [words.taken_out(said, one) for one in values]
                    for name, values in answers.items()
                }
        draft.answers, draft.version = answers, draft.version + 1
        draft.save(update_fields=["answers", "version"])


def _gone(key: str, answers: dict[str, list[str]]) -> list[str]:
    """What stands no more where it was taken from: the passage, or all of it."""
    passage = [one for one in answers.get(f"{_PASSAGE}{key}", []) if words.is_enough(one)]
    found = place_of(_number(key, 0), _number(key, 1))
    if found is None:
        return [*passage, *former_words(key)]
    return [one for one in passage if not words.stands_whole(one, found.text)]


def _keys(answers: dict[str, list[str]]) -> list[str]:
    typed = [name.removeprefix(_PASSAGE) for name in answers if name.startswith(_PASSAGE)]
    return list(dict.fromkeys([*answers.get("take", []), *typed]))


def _number(key: str, place: int) -> int:
    parts = key.split(":")
    found = parts[place] if len(parts) > place else ""
    return int(found) if found.isascii() and found.isdecimal() and len(found) < 18 else 0
