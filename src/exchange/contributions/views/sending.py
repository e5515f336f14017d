"""What the writing pages have in common: filling a form anew, sending, saying why not.
Called by the views beside it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from exchange.contributions import drafts, noticeboard
from exchange.contributions.errors import Refused, SpineError, TooMany
from exchange.contributions.forms import FORMS
from exchange.contributions.models import Contribution
from exchange.contributions.pictures import actions as pictures
from exchange.contributions.pictures.forms import PictureForm
from exchange.contributions.spaces.sharing_on import note_source
from exchange.contributions.voice.actions import NotOffered
from exchange.core import ids
from exchange.members.doors import unsent

# Fields of a form that are not the writer's words.
NOT_ANSWERS = {
    "csrfmiddlewaretoken",
    "once",
    "version",
    "kind",
    "throw",
    "back",
    "insist",
    "language_is",
    "language_was_asked",
}


def initial_from(request: HttpRequest, kind: str) -> tuple[dict[str, Any], str]:
    """What the form starts with and its key: words kept over a sign-in, a draft, or a title
    handed over by an empty search; country and language as the member last gave them."""
    kept = unsent(request)
    if kept:
        return kept, str(kept.get("once") or ids.new_id())
    draft = _draft(request)
    if draft is not None:
        return as_initial(draft.answers, FORMS[kind]), draft.key
    initial: dict[str, Any] = {"title": request.GET.get("title", "")[:200]}
    if request.user.is_authenticated:
        initial["countries"] = request.user.country
        if kind == "notice":
            initial["organisation"] = noticeboard.usual_name(
                request.user, request.GET.get("organisation", "")[:90]
            )
    return initial, ids.new_id()


def draft_answers(request: HttpRequest) -> dict[str, list[str]]:
    """What the draft that is taken up again holds."""
    draft = _draft(request)
    return draft.answers if draft is not None else {}


def typed_answers(request: HttpRequest) -> dict[str, list[str]]:
    """Every field of the form as it was sent."""
    return {name: request.POST.getlist(name) for name in request.POST if name not in NOT_ANSWERS}


def refusal_of(refusal: SpineError) -> str:
    """Plain words for what an action refused; what was typed stays in the form."""
    if isinstance(refusal, Refused):
        return _(
            "This cannot go out as it is. Please look at it again, or write to the hosts: "
            "they will help."
        )
    if isinstance(refusal, NotOffered):
        return _(
            "No two hosts answer for protected voices just now, so this was not sent. Your words "
            "are kept. Write to the hosts, or untick the protection to send it by name."
        )
    if isinstance(refusal, TooMany):
        return _(
            "You are new here, and hosts read the first words of everybody: three a day is what "
            "they can take. Your words are kept; please send this tomorrow."
        )
    return _("Your account is paused for now, so this was not sent. Write to the hosts about it.")


def after_sending(
    request: HttpRequest, contribution: Contribution, *, picture: PictureForm, draft_key: str
) -> HttpResponse:
    """The picture goes with it, the draft goes; then to its page, with a word on what happens now."""
    pictures.add_with_words(
        ready=picture.ready,
        contribution=contribution,
        by=request.user,
        is_out=contribution.is_out,
    )
    note_source(row=contribution, draft=drafts.of(request.user, draft_key))
    drafts.drop(key=draft_key, member=request.user)
    if contribution.is_out:
        messages.success(request, _("It is out. You will hear by e-mail when somebody answers."))
    else:
        messages.info(
            request,
            _(
                "Thank you. A host reads it before it goes out, usually within a day. "
                "You will get an e-mail; nothing more is needed from you."
            ),
        )
    return HttpResponseRedirect(contribution.get_absolute_url())


def _draft(request: HttpRequest) -> Any:
    key = request.GET.get("draft", "")
    if not key or not request.user.is_authenticated:
        return None
    return drafts.of(request.user, key[:40])


def as_initial(answers: dict[str, list[str]], form_class: Any) -> dict[str, Any]:
    """What a form starts with, from a draft of it."""
    return {
        name: (values if name == "topics" else (values or [""])[0])
        for name, values in answers.items()
        if name in form_class.base_fields
    }
