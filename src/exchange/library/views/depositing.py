"""Adding a record on a phone: one question a screen, kept at each step, resumable.
Called by urls alone."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from exchange.contributions import drafts
from exchange.contributions.models import Draft
from exchange.core import ids
from exchange.core.text import clean
from exchange.library import shelf
from exchange.library.depositing import enclosing, queries, steps
from exchange.library.depositing.fields import Question
from exchange.library.depositing.kin import TwinForm
from exchange.library.files.kinds import ACCEPTED
from exchange.library.views.asked import reader_of
from exchange.members.doors import member_required_keeping_text, unsent

_NOT_ANSWERS = {"csrfmiddlewaretoken", "back", "insist", "kind", "version", "take_back"}


def start(request: HttpRequest) -> HttpResponse:
    """A fresh key, so that the address itself can be come back to."""
    return HttpResponseRedirect(address(ids.new_id(), steps.FIRST))


@require_GET
@never_cache
def similar(request: HttpRequest) -> HttpResponse:
    """Records whose title is nearly what is being typed; a piece of a page."""
    title = clean(request.GET.get("text", ""))[:500]
    found = queries.twins(title=title, reader=reader_of(request)) if title else []
    cards = shelf.shelf_cards(twin.resource for twin in found)
    return render(request, "library/depositing/similar.html", {"cards": cards})


@never_cache
def step(request: HttpRequest, key: str, step: str) -> HttpResponse:
    """One screen. A visitor sees the first; their words wait while they sign in."""
    asked = steps.step_named(steps.FIRST if step == "start" else step)
    if asked is None or len(key) > ids.KEY_LENGTH:
        raise Http404
    if request.method == "POST":
        return _keep(request, key, asked)
    draft = drafts.of(request.user, key) if request.user.is_authenticated else None
    initial = unsent(request) or (steps.initial_of(draft, asked) if draft else {})
    return screen(request, key, asked, asked.form(initial=initial or None))


@never_cache
@member_required_keeping_text
def twins(request: HttpRequest, key: str) -> HttpResponse:
    """What is here already under this title, link or file: is it the same?"""
    draft = drafts.of(request.user, key)
    found = of_draft(draft, request) if draft else []
    if draft is None or not found:
        return HttpResponseRedirect(address(key, steps.after(steps.TWINS)))
    form = TwinForm(found, request.POST if request.method == "POST" else None)
    if request.method == "POST" and not request.POST.get("back") and not form.is_valid():
        return _twins_page(request, key, found, form, status=422)
    if request.method == "POST":
        back = request.POST.get("back")
        if not back:
            _note(request, key, {"twin": [form.cleaned_data["twin"]]}, steps.TWINS)
        to = "title" if back else steps.after(steps.TWINS)
        return HttpResponseRedirect(address(key, to))
    form.initial["twin"] = steps.answer(draft, "twin")
    return _twins_page(request, key, found, form)


def of_draft(draft: Draft, request: HttpRequest) -> list[queries.Twin]:
    """Records here that may be the one of a draft."""
    sent = enclosing.of_draft(draft.key, request.user)
    said = steps.record_of_answers(draft.answers)
    return queries.twins(
        title=said.title,
        url=said.url,
        isbn=said.isbn,
        hashes=[file.sent_sha256 for file in sent],
        reader=reader_of(request),
    )


def address(key: str, name: str) -> str:
    """The address of a screen."""
    if name in (steps.TWINS, steps.REVIEW):
        return reverse(f"library:deposit-{name}", args=[key])
    return reverse("library:deposit-step", args=[key, name])


def progress(name: str) -> dict[str, Any]:
    of = len(steps.STEPS) + 1
    return {"now": steps.place(name), "of": of, "all": range(1, of + 1)}


@member_required_keeping_text
def _keep(request: HttpRequest, key: str, asked: steps.Step) -> HttpResponse:
    form = asked.form(request.POST)
    # Kept even when something is missing: the person may want to stop here.
    draft = _note(request, key, _answers(request, asked), asked.name)
    if asked.name == steps.FIRST and (problem := _with_files(request, key)):
        form.add_error(None, problem)
        return screen(request, key, asked, form, status=422)
    if request.POST.get("back"):
        return HttpResponseRedirect(address(key, steps.before(asked.name) or steps.FIRST))
    if not form.is_valid():
        return screen(request, key, asked, form, status=422)
    if request.POST.get("take_back"):
        return HttpResponseRedirect(address(key, steps.FIRST))
    if asked.name == "title" and _may_be_here(draft, request):
        return HttpResponseRedirect(address(key, steps.TWINS))
    return HttpResponseRedirect(address(key, steps.after(asked.name)))


def _with_files(request: HttpRequest, key: str) -> str:
    """Take in what was sent, or out what is not wanted; what is wrong, in words."""
    out = request.POST.get("take_back", "")
    if out.isdecimal() and len(out) < 18:
        enclosing.take_back(int(out), key=key, member=request.user)
    upload = request.FILES.get("file")
    if upload is None:
        return ""
    return enclosing.take_in(upload, key=key, member=request.user)


def _may_be_here(draft: Draft, request: HttpRequest) -> bool:
    """Whether there is something to ask about that was not answered yet."""
    found = of_draft(draft, request)
    said = steps.answer(draft, "twin")
    return any(said not in TwinForm.answers(found) for _one in found)


def _note(request: HttpRequest, key: str, answers: dict[str, list[str]], name: str) -> Draft:
    return drafts.keep(key=key, member=request.user, kind="resource", answers=answers, step=name)


def _answers(request: HttpRequest, asked: steps.Step) -> dict[str, list[str]]:
    """What was sent for this screen; a box that was unticked is an answer too."""
    given = {name: request.POST.getlist(name) for name in request.POST if name not in _NOT_ANSWERS}
    known = asked.form.base_fields
    return {name: given.get(name, []) for name in known}


def _twins_page(
    request: HttpRequest, key: str, found: list[queries.Twin], form: TwinForm, status: int = 200
) -> HttpResponse:
    context = {
        "cards": shelf.shelf_cards(twin.resource for twin in found),
        "is_certain": any(twin.is_certain for twin in found),
        "form": form,
        "once": key,
        "steps": progress(steps.TWINS),
    }
    return render(request, "library/depositing/twins.html", context, status=status)


def screen(
    request: HttpRequest, key: str, asked: steps.Step, form: Question, status: int = 200
) -> HttpResponse:
    """One question with its fields."""
    is_source = asked.name == steps.FIRST
    context = {
        "asked": asked,
        "form": form,
        "once": key,
        "has_text": asked.name in ("source", "title", "people", "words"),
        "steps": progress(asked.name),
        "is_first": is_source,
        "accepts": ACCEPTED,
        "files": enclosing.of_draft(key, request.user)
        if is_source and request.user.is_authenticated
        else [],
    }
    return render(request, "library/depositing/step.html", context, status=status)
