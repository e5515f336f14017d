"""Every change to slides: bring them in, look through them, show one to everybody, take one away.
Called by the views of slides and by the clock; each is one transaction."""

from __future__ import annotations

from functools import partial
from typing import IO, Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max
from django.urls import reverse
from django.utils.translation import override

from exchange.contributions.errors import NotAllowed
from exchange.contributions.judging import judged
from exchange.core.gates import Verdict
from exchange.core.text import clean, clean_line
from exchange.core.time import now
from exchange.ledger.actions import record
from exchange.members.models import Member
from exchange.webinars.errors import NotNow
from exchange.webinars.lanes import rules, slide_files
from exchange.webinars.lanes.actions import TooMany
from exchange.webinars.live.actions import empty, tell
from exchange.webinars.models import Slide, Webinar
from exchange.webinars.rules import Roles


def bring_in(
    *, webinar: Webinar, file: IO[bytes], size: int, language: str, by: Member, roles: Roles
) -> list[Slide]:
    """The slides of a file, behind those that are there. Nobody else sees them before they were
    looked through. Raises NotAllowed, NotSlides, TooMany, Refused."""
    if not roles.may_lead:
        raise NotAllowed
    if Slide.objects.filter(webinar_id=webinar.pk).count() >= rules.MOST_SLIDES:
        raise TooMany
    made = slide_files.read(file, size)
    verdicts = [_judged(one.title, one.text, language, by, insist=True) for one in made]
    names = [slide_files.put(one.picture) if one.picture else "" for one in made]
    try:
        with transaction.atomic():
            number = _next(webinar, len(made))
            rows = [
                Slide(
                    webinar_id=webinar.pk,
                    number=number + at,
                    title=clean_line(one.title)[:200],
                    text=clean(one.text)[: rules.LONGEST_SLIDE],
                    language=language,
                    picture=name,
                    picture_bytes=len(one.picture),
                    flags=_flags(verdict),
                    by=by,
                )
                for at, (one, verdict, name) in enumerate(zip(made, verdicts, names, strict=True))
            ]
            _record("slides.brought", webinar, by)
            return list(Slide.objects.bulk_create(rows))
    except BaseException:
        for name in names:
            slide_files.remove(name)
        raise


def write(
    *,
    webinar: Webinar,
    title: str,
    text: str,
    language: str,
    by: Member,
    roles: Roles,
    insist: bool = False,
) -> Slide:
    """A slide of words alone; out when every gate passes it. Raises NotAllowed, TooMany, Refused,
    Noticed."""
    if not roles.may_lead:
        raise NotAllowed
    verdict = _judged(title, text, language, by, insist=insist)
    with transaction.atomic():
        return Slide.objects.create(
            webinar_id=webinar.pk,
            number=_next(webinar, 1),
            title=clean_line(title)[:200],
            text=clean(text)[: rules.LONGEST_SLIDE],
            language=language,
            flags=_flags(verdict),
            seen_at=now() if verdict.passed else None,
            by=by,
        )


def look_through(*, webinar: Webinar, pks: list[int], by: Member, roles: Roles) -> int:
    """Somebody who may has looked at these, and says that nobody in them can be recognised, or
    agreed. How many are ready now; what a gate asked about is left to a host. Raises
    NotAllowed."""
    if not roles.may_lead:
        raise NotAllowed
    with transaction.atomic():
        rows = Slide.objects.select_for_update(no_key=True).filter(
            webinar_id=webinar.pk, pk__in=pks, seen_at=None
        )
        ready = [row.pk for row in rows if rules.may_pass_slide(row, roles)]
        Slide.objects.filter(pk__in=ready).update(seen_at=now())
        if ready:
            _record("slides.seen", webinar, by)
    return len(ready)


def show(*, slide: Slide, by: Member, roles: Roles) -> None:
    """Everybody sees it now. The one that is shown already stays; pressing twice is once. Raises
    NotAllowed, NotNow for one that nobody looked through."""
    if not roles.may_write:
        raise NotAllowed
    if slide.seen_at is None:
        raise NotNow
    with transaction.atomic():
        _hold(slide.webinar_id)
        last = Slide.objects.out().filter(webinar_id=slide.webinar_id).order_by("-shown_at")
        if last.values_list("pk", flat=True).first() == slide.pk:
            return
        Slide.objects.filter(pk=slide.pk).update(shown_at=now())
        ready = Slide.objects.filter(webinar_id=slide.webinar_id, seen_at__isnull=False)
        tell(
            webinar_id=slide.webinar_id,
            kind="slide",
            payload={**_told(slide), "of": ready.count()},
            item=slide.item,
        )


def take_away(*, slide: Slide, by: Member, roles: Roles) -> None:
    """It is gone, with its picture, from every screen and from what is told again. Raises
    NotAllowed."""
    if not roles.may_lead:
        raise NotAllowed
    with transaction.atomic():
        pk = slide.webinar_id
        _hold(pk)
        was_out = Slide.objects.out().filter(pk=slide.pk).exists()
        empty(webinar_id=pk, item=slide.item)
        Slide.objects.filter(pk=slide.pk).delete()
        transaction.on_commit(partial(slide_files.remove, slide.picture))
        if was_out:
            last = Slide.objects.out().filter(webinar_id=pk).order_by("-shown_at").first()
            payload = {**_told(last), "of": 0} if last else dict(_NOTHING)
            tell(webinar_id=pk, kind="slide", payload=payload, item=last.item if last else "")
        record("slides.away", subject_type="webinar", subject_id=pk, actor_id=by.pk, public=False)


_NOTHING = {"n": 0, "of": 0, "title": "", "text": "", "lang": "en", "picture": "", "bytes": 0}


def sweep() -> int:
    """Pictures that no slide has any more; how many lay there."""
    names = list(slide_files.old_names())
    swept = 0
    for start in range(0, len(names), 500):
        some = names[start : start + 500]
        known = set(Slide.objects.filter(picture__in=some).values_list("picture", flat=True))
        for name in set(some) - known:
            slide_files.remove(name)
            swept += 1
    return swept


def _told(slide: Slide) -> dict[str, Any]:
    """As scripts read it. The picture's address is the same in every language."""
    url = ""
    if slide.picture:
        with override(settings.LANGUAGE_CODE):
            url = reverse(
                "webinars:slide-picture", args=[slide.webinar_id, slide.number, slide.picture]
            )
    return {
        "n": slide.number,
        "title": slide.title,
        "text": slide.text,
        "lang": slide.language,
        "picture": url,
        "bytes": slide.picture_bytes,
    }


def _judged(title: str, text: str, language: str, by: Member, *, insist: bool) -> Verdict:
    return judged(
        text=text or title,
        title=title if text else "",
        kind="webinar",
        language=language,
        author=by,
        origin="web",
        insist=insist,
    )


def _next(webinar: Webinar, more: int) -> int:
    """The number behind the last; the webinar's row is held, so that two do not take the same."""
    _hold(webinar.pk)
    rows = Slide.objects.filter(webinar_id=webinar.pk)
    if rows.count() + more > rules.MOST_SLIDES:
        raise TooMany
    return (rows.aggregate(last=Max(F("number")))["last"] or 0) + 1


def _hold(webinar_id: int) -> None:
    Webinar.objects.select_for_update(of=("self",), no_key=True).filter(pk=webinar_id).first()


def _flags(verdict: Verdict) -> str:
    return " ".join(sorted({reason.code for reason in verdict.reasons}))[:200]


def _record(kind: str, webinar: Webinar, by: Member) -> None:
    record(kind, subject_type="webinar", subject_id=webinar.pk, actor_id=by.pk, public=False)
