"""Live words that somebody reported: found as they are shown, sealed, let back through the helpers.
Registered by hooks; called by safeguarding through `core.reportable` alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import models, transaction

from exchange.contributions.sealing import hold_for_reports
from exchange.core.reportable import NOWHERE, Standing, Words
from exchange.core.time import now
from exchange.ledger.actions import record
from exchange.members.models import Member
from exchange.webinars.dialogue import letters, telling
from exchange.webinars.live.actions import empty, tell
from exchange.webinars.models import Asked, Line, Said, Webinar
from exchange.webinars.queries import visible


class LiveWords:
    """One table of live words. `text_of` says which words are meant: a question has its gist
    beside it, and to seal one is to hide both."""

    def __init__(
        self,
        code: str,
        model: Any,
        shown: models.Q,
        *,
        text_of: Callable[[Any], str],
        gone: Callable[[Any], None],
        webinar: str = "webinar",
    ) -> None:
        self.code, self.model, self.shown = code, model, shown
        self.text_of, self.gone, self.webinar = text_of, gone, webinar

    def find(self, pk: int, reader: Member | None) -> Words | None:
        of_seen = {f"{self.webinar}__in": visible(reader)}
        row = self._rows().filter(self.shown, pk=pk, sealed_at=None, **of_seen).first()
        return self._words(row) if row is not None and self.text_of(row) else None

    def look(self, pk: int) -> Words | None:
        row = self._rows().filter(pk=pk).first()
        return self._words(row, folded=row.sealed_at is not None) if row is not None else None

    def standing(self, pk: int) -> Standing:
        row = self._rows().filter(pk=pk).first()
        if row is None:
            return NOWHERE
        held = row.sealed_at is None and row.state == row.State.WAITING
        return Standing(str(row.get_state_display()), row.sealed_at is not None, held)

    def lock(self, pk: int) -> None:
        list(self.model.objects.select_for_update(of=("self",), no_key=True).filter(pk=pk))

    def seal(self, pk: int) -> None:
        with transaction.atomic():
            row = self._locked(pk)
            if row is None or row.sealed_at is not None:
                return
            row.state, row.sealed_at = row.State.HIDDEN, now()
            row.save(update_fields=["state", "sealed_at"])
            self._take_out(row, "sealed")

    def unseal(self, pk: int) -> None:
        """It waits for a helper, and because it was reported a host lets it out."""
        with transaction.atomic():
            row = self._locked(pk)
            if row is None or row.sealed_at is None:
                return
            row.state, row.sealed_at = row.State.WAITING, None
            row.save(update_fields=["state", "sealed_at", *_needs_host(row)])
            if not isinstance(row, Line):
                telling.waiting(row)
            self._entry(row, "unsealed")

    def withdraw(self, pk: int) -> None:
        self.seal(pk)

    def hold(self, pk: int) -> bool:
        with transaction.atomic():
            row = self._locked(pk)
            if row is None or not self._rows().filter(self.shown, pk=pk, sealed_at=None).exists():
                return False
            row.state = row.State.WAITING
            row.save(update_fields=["state", *_needs_host(row)])
            self._take_out(row, "held")
            if not isinstance(row, Line):
                telling.waiting(row)
        return True

    def _take_out(self, row: Any, what: str) -> None:
        self.gone(row)
        if isinstance(row, Asked):
            letters.stop(row)
            if row.question is not None:
                # The same words go on as a question of their own: hosts look at it first.
                hold_for_reports(contribution=row.question)
        self._entry(row, what)

    def _entry(self, row: Any, what: str) -> None:
        # Nobody is named: who reported it is no one's business.
        named = type(row).__name__.lower()
        detail = {"webinar": self._webinar_id(row)}
        record(f"{named}.{what}", subject_type=named, subject_id=row.pk, detail=detail)

    def _rows(self) -> Any:
        return self.model.objects.select_related(self.webinar)

    def _locked(self, pk: int) -> Any:
        rows = self._rows().select_for_update(of=("self",), no_key=True)
        return rows.filter(pk=pk).first()

    def _webinar_id(self, row: Any) -> int:
        return int(row.lane.webinar_id if isinstance(row, Line) else row.webinar_id)

    def _words(self, row: Any, *, folded: bool = False) -> Words:
        webinar: Webinar = row.lane.webinar if isinstance(row, Line) else row.webinar
        return Words(
            place=self.code,
            pk=row.pk,
            text="" if folded else self.text_of(row),
            title=webinar.title,
            url=webinar.get_absolute_url(),
            shown_as=_shown_as(row, self.code),
            language=row.lane.language if isinstance(row, Line) else row.language,
            author_id=_author(row, self.code),
            countries=tuple(webinar.country_codes),
        )


def _needs_host(row: Any) -> list[str]:
    if isinstance(row, Line):
        return []
    row.needs_host = True
    return ["needs_host"]


def _shown_as(row: Any, code: str) -> str:
    if isinstance(row, Line):
        return row.by.shown_name if row.by else ""
    return str(row.answered_as if code == "gist" else row.shown_as)


def _author(row: Any, code: str) -> int | None:
    """Of a gist it is whoever wrote it down or decided last."""
    if isinstance(row, Line):
        return row.by_id
    author: int | None = row.decided_by_id if code == "gist" else row.member_id
    return author


def _line_gone(line: Line) -> None:
    webinar_id, audience = line.lane.webinar_id, line.lane.audience
    empty(webinar_id=webinar_id, item=line.item)
    tell(webinar_id=webinar_id, kind="line-gone", payload={"id": line.pk}, audience=audience)


def _question_gone(row: Asked) -> None:
    telling.question_gone(row)
    telling.waiting_gone(row)


def _chat_gone(row: Said) -> None:
    telling.chat_gone(row)
    telling.waiting_gone(row)


_ON_THE_WALL = models.Q(state__in=Asked.ON_THE_WALL)
PLACES = (
    LiveWords(
        "asked",
        Asked,
        _ON_THE_WALL,
        # With what was answered, which stands under it.
        text_of=lambda row: "\n\n".join(filter(None, [row.text, row.answer])),
        gone=_question_gone,
    ),
    LiveWords("gist", Asked, _ON_THE_WALL, text_of=lambda row: row.answer, gone=_question_gone),
    LiveWords(
        "said",
        Said,
        models.Q(state=Said.State.SHOWN),
        text_of=lambda row: row.text,
        gone=_chat_gone,
    ),
    LiveWords(
        "line",
        Line,
        models.Q(state=Line.State.SHOWN),
        text_of=lambda row: row.text,
        gone=_line_gone,
        webinar="lane__webinar",
    ),
)
