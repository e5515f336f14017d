"""The pages where a question, idea, discussion or notice is written, and the draft address.
Called by urls.py alone."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from exchange.contributions import actions, drafts, kinds, language_asked
from exchange.contributions import experience_steps as steps
from exchange.contributions.errors import ChangedMeanwhile, NotAllowed, Noticed, Refused
from exchange.contributions.forms import FORMS
from exchange.contributions.noticing import Passage, passages
from exchange.contributions.pictures.forms import PictureForm
from exchange.contributions.views import voice
from exchange.contributions.views.sending import (
    after_sending,
    draft_answers,
    initial_from,
    refusal_of,
    typed_answers,
)
from exchange.contributions.views.where import where_of
from exchange.contributions.voice import showing
from exchange.core import ids
from exchange.members.doors import member_required, member_required_keeping_text


def ask(request: HttpRequest) -> HttpResponse:
    return _writing(request, kind="question")


def share_kind(request: HttpRequest, kind: str) -> HttpResponse:
    return _writing(request, kind=kind)


def share(request: HttpRequest) -> HttpResponse:
    """What would you like to share? One choice a line."""
    return render(request, "contributions/share.html")


@never_cache
@member_required_keeping_text
def _send(request: HttpRequest, kind: str) -> HttpResponse:
    form = FORMS[kind](language_asked.answered(request))
    picture = PictureForm(request.POST, request.FILES, member=request.user)
    if not all((form.is_valid(), picture.is_valid())):
        return _written_page(request, kind, form, picture=picture, status=422)
    content = form.content()
    asked = language_asked.question(request, f"{content.title}\n{content.body}", content.language)
    if asked:
        return _written_page(request, kind, form, picture=picture, status=422, asked=asked)
    where = where_of(request)
    if where.is_shut:
        return _written_page(request, kind, form, picture=picture, status=422)
    try:
        once = ids.sent_back(request.POST.get("once", ""))
        # In a hub or a group too few stand beside each other: not without a name, nor with it then.
        inside = where.space is not None
        if voiced := voice.sent(request, kind, content, once, inside=inside):
            return voiced
        contribution = actions.submit(
            kind=kind,
            content=content,
            author=request.user,
            once_key=once,
            insist=bool(request.POST.get("insist")),
            space=where.space,
            is_inside=where.is_inside,
        )
    except Noticed as seen:
        noticed = passages(seen, content, form)
        return _written_page(request, kind, form, picture=picture, status=422, noticed=noticed)
    except (NotAllowed, Refused) as refusal:
        form.add_error(None, refusal_of(refusal))
        return _written_page(request, kind, form, picture=picture, status=422)
    return after_sending(request, contribution, picture=picture, draft_key=once)


@never_cache
def _writing(request: HttpRequest, kind: str) -> HttpResponse:
    if request.method == "POST":
        return _send(request, kind)
    if request.GET.get("space"):
        return _begun_in_a_space(request, kind)
    return _begun(request, kind)


@member_required
def _begun_in_a_space(request: HttpRequest, kind: str) -> HttpResponse:
    return _begun(request, kind)


def _begun(request: HttpRequest, kind: str) -> HttpResponse:
    initial, once = initial_from(request, kind)
    picture = PictureForm.begun(initial)
    return _written_page(request, kind, FORMS[kind](initial=initial), picture=picture, once=once)


def _written_page(
    request: HttpRequest,
    kind: str,
    form: object,
    *,
    status: int = 200,
    once: str = "",
    noticed: list[Passage] | None = None,
    asked: language_asked.LanguageQuestion | None = None,
    picture: PictureForm,
) -> HttpResponse:
    where = where_of(request, draft_answers(request))
    context = {
        "where": where,
        "form": form,
        "picture": picture,
        "voice": showing.voice_form(
            request.POST or None, request.user, kind, inside=where.space is not None
        ),
        "kind": kinds.get(kind),
        "noticed": noticed,
        "language_asked": asked,
        "once": once or ids.sent_back(request.POST.get("once", "")) or ids.new_id(),
    }
    return render(request, "contributions/write.html", context, status=status)


@require_POST
@never_cache
def draft(request: HttpRequest, key: str) -> HttpResponse:
    """Keep what is typed. 204 with the draft's version; 401 signed out; 409 from an older tab.
    `throw=1` throws the draft away and leads back to "You"."""
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    if request.POST.get("throw"):
        drafts.drop(key=key[:40], member=request.user)
        messages.success(request, _("The draft is gone."))
        return HttpResponseRedirect(reverse("members:me"))
    version = request.POST.get("version", "")
    kind, answers = request.POST.get("kind", "question")[:12], typed_answers(request)
    try:
        kept = drafts.keep(
            key=key[:40],
            member=request.user,
            kind=kind,
            answers=answers,
            step=steps.of_answers(answers) if kind == "experience" else "",
            version=int(version) if version.isdecimal() else None,
        )
    except ChangedMeanwhile as newer:
        return HttpResponse(status=409, headers={"X-Draft-Version": str(newer.version)})
    return HttpResponse(status=204, headers={"X-Draft-Version": str(kept.version)})
