"""Writing down an experience on a phone: one question a screen, kept at each step, resumable.
Called by urls.py alone."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from exchange.contributions import actions, drafts, kinds, language_asked
from exchange.contributions import experience_steps as steps
from exchange.contributions.content import Content
from exchange.contributions.errors import NotAllowed, Noticed, Refused
from exchange.contributions.models import Contribution, Draft
from exchange.contributions.noticing import Passage, passages_of_steps
from exchange.contributions.pictures.forms import PictureForm
from exchange.contributions.views import voice
from exchange.contributions.views.sending import after_sending, refusal_of, typed_answers
from exchange.contributions.views.where import FIELDS, where_of
from exchange.contributions.voice import showing
from exchange.core import html, ids
from exchange.core.text import clean
from exchange.members.doors import member_required, member_required_keeping_text, unsent


def experience_start(request: HttpRequest) -> HttpResponse:
    """A fresh key, so that the address itself can be come back to."""
    if request.GET.get("space"):
        return _begun_in_a_space(request)
    return HttpResponseRedirect(_address(ids.new_id(), "title"))


@member_required
def _begun_in_a_space(request: HttpRequest) -> HttpResponse:
    query = urlencode({"space": request.GET["space"][:60]})
    return HttpResponseRedirect(f"{_address(ids.new_id(), 'title')}?{query}")


@never_cache
def experience_step(request: HttpRequest, key: str, step: str) -> HttpResponse:
    """One screen. A visitor sees the first; their words wait while they sign in."""
    if step == steps.REVIEW:
        return _review(request, key)
    asked = steps.step_named(step)
    if asked is None or len(key) > ids.KEY_LENGTH:
        raise Http404
    if request.method == "POST":
        return _keep(request, key, asked)
    draft = drafts.of(request.user, key) if request.user.is_authenticated else None
    initial = unsent(request) or (steps.initial_of(draft, asked) if draft else {})
    form = steps.form_of(asked, initial=initial or None)
    return _screen(request, key, asked, form, draft=draft)


@member_required_keeping_text
def _keep(request: HttpRequest, key: str, asked: steps.Step) -> HttpResponse:
    form = steps.form_of(asked, request.POST)
    # Kept even when something is missing: the person may want to stop here.
    drafts.keep(
        key=key,
        member=request.user,
        kind="experience",
        answers=_answers(request, asked),
        step=asked.name,
    )
    back = request.POST.get("back")
    if not form.is_valid() and not back:
        return _screen(request, key, asked, form, status=422)
    to = steps.before(asked.name) or "title" if back else steps.after(asked.name)
    return HttpResponseRedirect(_address(key, to))


@member_required_keeping_text
def _review(request: HttpRequest, key: str) -> HttpResponse:
    draft = drafts.of(request.user, key)
    if draft is None:
        return HttpResponseRedirect(_where_it_went(request, key))
    if request.method == "POST":
        return _send(request, draft)
    return _review_page(request, draft)


def _where_it_went(request: HttpRequest, key: str) -> str:
    """A draft that is gone was sent, perhaps from another tab: show what it became."""
    mine = Contribution.objects.visible_to(request.user).filter(author=request.user)
    sent = mine.filter(once_key=key).first()
    if sent is None:
        return _address(key, "title")
    messages.info(request, _("You have sent this already. Here it is."))
    return sent.get_absolute_url()


def _send(request: HttpRequest, draft: Draft) -> HttpResponse:
    draft = _where_it_goes(request, draft)
    missing = steps.missing(draft)
    if missing:
        return HttpResponseRedirect(_address(draft.key, missing[0].name))
    picture = PictureForm(request.POST, request.FILES, member=request.user)
    if not picture.is_valid():
        return _review_page(request, draft, picture=picture, status=422)
    draft = _in_its_language(request, draft)
    content = steps.content_of(draft)
    if asked := _language_question(request, draft, content):
        return _review_page(request, draft, picture=picture, status=422, asked=asked)
    where = where_of(request, draft.answers)
    if where.is_shut:
        return _review_page(request, draft, picture=picture, status=422)
    try:
        inside = where.space is not None
        if voiced := voice.sent(request, "experience", content, draft.key, inside=inside):
            return voiced
        contribution = actions.submit(
            kind="experience",
            content=content,
            author=request.user,
            once_key=draft.key,
            insist=bool(request.POST.get("insist")),
            space=where.space,
            is_inside=where.is_inside,
        )
    except Noticed as seen:
        noticed = passages_of_steps(seen, content, draft.key)
        return _review_page(request, draft, picture=picture, status=422, noticed=noticed)
    except (NotAllowed, Refused) as refusal:
        return _review_page(request, draft, refusal_of(refusal), picture=picture, status=422)
    return after_sending(request, contribution, picture=picture, draft_key=draft.key)


def _where_it_goes(request: HttpRequest, draft: Draft) -> Draft:
    """Kept with the words before anything else: other forms of this page do not ask it again."""
    if "space" not in request.POST:
        return draft
    chosen = {name: request.POST.getlist(name) for name in FIELDS}
    return drafts.keep(key=draft.key, member=request.user, kind=draft.kind, answers=chosen)


def _language_question(
    request: HttpRequest, draft: Draft, content: Content
) -> language_asked.LanguageQuestion | None:
    words = f"{content.title}\n{content.whole}"
    was_chosen = "language" in draft.answers
    return language_asked.question(request, words, content.language, was_chosen=was_chosen)


def _in_its_language(request: HttpRequest, draft: Draft) -> Draft:
    """The draft, in the language its writer just said it is in."""
    typed = language_asked.answered(request)
    if not typed.get(language_asked.ASKED):
        return draft
    answers = {"language": [typed["language"]]} if "language" in typed else {}
    return drafts.keep(key=draft.key, member=request.user, kind=draft.kind, answers=answers)


def _review_page(
    request: HttpRequest,
    draft: Draft,
    problem: str = "",
    *,
    picture: PictureForm | None = None,
    status: int = 200,
    noticed: list[Passage] | None = None,
    asked: language_asked.LanguageQuestion | None = None,
) -> HttpResponse:
    content, where = steps.content_of(draft), where_of(request, draft.answers)
    written = [
        {
            "asks": step.asks,
            "words": html.from_markdown(content.parts.get(step.name, "")),
            "address": _address(draft.key, step.name),
        }
        for step in steps.STEPS
        if step.name not in ("title", "context")
    ]
    context = {
        "draft": draft,
        "title": content.title,
        "title_address": _address(draft.key, "title"),
        "context_address": _address(draft.key, "context"),
        "written": written,
        "missing": steps.missing(draft),
        "problem": problem,
        "picture": picture or PictureForm.begun({}),
        "where": where,
        "noticed": noticed,
        "language_asked": asked,
        "voice": showing.voice_form(
            request.POST or None, request.user, "experience", inside=where.space is not None
        ),
        "steps": _progress(steps.REVIEW),
    }
    return render(request, "contributions/experience_review.html", context, status=status)


def _screen(
    request: HttpRequest,
    key: str,
    asked: steps.Step,
    form: Any,
    status: int = 200,
    draft: Draft | None = None,
) -> HttpResponse:
    context = {
        "where": where_of(request, draft.answers if draft else None),
        "asked": asked,
        "form": form,
        "once": key,
        "kind": kinds.get("experience"),
        "steps": _progress(asked.name),
        "is_first": not steps.before(asked.name),
    }
    return render(request, "contributions/experience_step.html", context, status=status)


def _progress(name: str) -> dict[str, Any]:
    of = len(steps.STEPS) + 1
    return {"now": steps.place(name), "of": of, "all": range(1, of + 1)}


def _answers(request: HttpRequest, asked: steps.Step) -> dict[str, list[str]]:
    """What was sent for this screen; an unticked list of topics is an answer too."""
    given = {name: [clean(one) for one in many] for name, many in typed_answers(request).items()}
    if asked.name == "context":
        given.setdefault("topics", [])
    return given


def _address(key: str, step: str) -> str:
    return reverse("contributions:experience-step", args=[key, step])
