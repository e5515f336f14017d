"""The last screen of adding a record: everything once more, then it is sent.
Called by urls alone."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from exchange.contributions import drafts
from exchange.contributions.errors import NotAllowed, Noticed, Refused, TooMany
from exchange.contributions.models import Contribution, Draft, State
from exchange.contributions.noticing import Passage, passages_at
from exchange.library.depositing import actions, enclosing, queries, steps
from exchange.library.depositing.actions import HereAlready, Rights
from exchange.library.depositing.kin import TwinForm, kin_of
from exchange.library.depositing.review import lines
from exchange.library.models import Deposit, Resource
from exchange.library.records import Record
from exchange.library.views.depositing import address, of_draft, progress
from exchange.members.doors import member_required_keeping_text


@never_cache
@member_required_keeping_text
def review(request: HttpRequest, key: str) -> HttpResponse:
    """What was said so far, each part with a way back to it."""
    draft = drafts.of(request.user, key)
    if draft is None:
        return HttpResponseRedirect(_where_it_went(request, key))
    if request.method == "POST":
        return _send(request, draft)
    return _page(request, draft)


def _send(request: HttpRequest, draft: Draft) -> HttpResponse:
    missing = steps.unready(draft)
    if missing:
        return HttpResponseRedirect(address(draft.key, missing[0].name))
    record = steps.record_of_answers(draft.answers)
    twin = steps.answer(draft, "twin")
    found = of_draft(draft, request)
    if found and twin not in TwinForm.answers(found):
        return HttpResponseRedirect(address(draft.key, steps.TWINS))
    if problem := _hidden_problem(record, request):
        return _page(request, draft, problem, status=422)
    try:
        row = _added(request, draft, record, twin)
    except Noticed as seen:
        return _page(request, draft, status=422, noticed=_passages(seen, record, draft))
    except HereAlready:
        return _page(request, draft, _("Somebody has just added this title."), status=422)
    except (NotAllowed, Refused) as refusal:
        return _page(request, draft, _refusal(refusal), status=422)
    drafts.drop(key=draft.key, member=request.user)
    return _thanks(request, row)


def _added(request: HttpRequest, draft: Draft, record: Record, twin: str) -> Resource:
    rights = _rights(draft)
    sent = enclosing.of_draft(draft.key, request.user)
    keeps = bool(sent) and rights.right != Deposit.Right.LINK_ONLY
    return actions.deposit(
        record=record,
        rights=rights,
        author=request.user,
        once_key=draft.key,
        kin=kin_of(twin, request.user),
        with_file=keeps,
        insist=bool(request.POST.get("insist")),
    )


def _rights(draft: Draft) -> Rights:
    return Rights(
        right=steps.answer(draft, "right") or Deposit.Right.LINK_ONLY,
        note=steps.answer(draft, "right_note"),
        people=steps.answer(draft, "people"),
    )


def _hidden_problem(record: Record, request: HttpRequest) -> str:
    """A record of this title that the writer cannot see."""
    hidden = queries.hidden_twin(record.title, request.user)
    if hidden is None:
        return ""
    if queries.is_taken_out(hidden):
        return _(
            "Hosts have taken a record of this title out of the library. Your answers are kept; "
            "please write to the hosts about it."
        )
    return _("Somebody else has added this title; a host is reading it. Thank you all the same.")


def _refusal(refusal: NotAllowed | Refused) -> str:
    if isinstance(refusal, TooMany):
        return _(
            "You are new here, and hosts read the first words of everybody: three a day is what "
            "they can take. Your words are kept; please send this tomorrow."
        )
    if isinstance(refusal, Refused):
        return _(
            "This cannot go out as it is. Please look at it again, or write to the hosts: "
            "they will help."
        )
    return _("Your account is paused for now, so this was not sent. Write to the hosts about it.")


def _thanks(request: HttpRequest, row: Resource) -> HttpResponse:
    if row.state == State.PUBLISHED:
        messages.success(request, _("Thank you. It is on the shelf."))
    else:
        messages.info(
            request,
            _(
                "Thank you. A host looks at it before it goes out, usually within a day, and "
                "may write to you here."
            ),
        )
    return HttpResponseRedirect(row.get_absolute_url())


def _where_it_went(request: HttpRequest, key: str) -> str:
    """A draft that is gone was sent, perhaps from another tab: show what it became."""
    mine = Contribution.objects.visible_to(request.user).filter(author=request.user)
    sent = mine.filter(once_key=key).first()
    if sent is None:
        return address(key, steps.FIRST)
    messages.info(request, _("You have sent this already. Here it is."))
    return str(sent.get_absolute_url())


def _passages(seen: Noticed, record: Record, draft: Draft) -> list[Passage]:
    screens = {"title": "title", "body": "words", "organisation": "people"}

    def place(name: str) -> tuple[Any, str]:
        asked = steps.step_named(screens.get(name, "words")) or steps.STEPS[0]
        return asked.asks, address(draft.key, asked.name)

    return passages_at(seen, actions.content_of(record), place)


def _page(
    request: HttpRequest,
    draft: Draft,
    problem: str = "",
    *,
    status: int = 200,
    noticed: list[Passage] | None = None,
) -> HttpResponse:
    record = steps.record_of_answers(draft.answers)
    sent = enclosing.of_draft(draft.key, request.user)
    context = {
        "draft": draft,
        "record": record,
        "parts": lines(draft, record, sent, lambda name: address(draft.key, name)),
        "missing": [
            {"asks": one.asks, "url": address(draft.key, one.name)} for one in steps.unready(draft)
        ],
        "loses_file": bool(sent) and _rights(draft).right == Deposit.Right.LINK_ONLY,
        "rights_url": address(draft.key, "rights"),
        "problem": problem,
        "noticed": noticed,
        "steps": progress(steps.REVIEW),
    }
    return render(request, "library/depositing/review.html", context, status=status)
