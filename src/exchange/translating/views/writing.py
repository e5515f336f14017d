"""The editor: each paragraph of the original over its field, the glossary's words beside it.
Called by urls.py alone."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from exchange.contributions.content import Content
from exchange.contributions.errors import Noticed, Refused
from exchange.contributions.noticing import Passage, passages_at
from exchange.members.doors import member_required_keeping_text, unsent
from exchange.translating import actions, glossary, machine, pieces, queries
from exchange.translating.errors import ChangedMeanwhile, NotAllowed, NothingWritten
from exchange.translating.forms import PiecesForm
from exchange.translating.models import Translation
from exchange.translating.views.finding import translation_of

State = Translation.State


@never_cache
@member_required_keeping_text
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Write, keep, send; or give it back to others."""
    row = translation_of(request, pk)
    if row.translator_id != request.user.pk or row.state not in (State.DRAFT, State.WAITING):
        raise Http404
    original = pieces.of(row.contribution, row.reply)
    if request.method != "POST":
        form = _form(row, original, initial=unsent(request))
        return _page(request, row, form)
    if request.POST.get("act") == "give-back":
        actions.give_back(row=row, by=request.user)
        messages.success(request, _("It is free for others now. Thank you for trying."))
        return HttpResponseRedirect(reverse("translating:wanted"))
    form = _form(row, original, data=request.POST)
    if not form.is_valid():
        return _page(request, row, form, status=422)
    return _kept(request, row, form)


def _kept(request: HttpRequest, row: Translation, form: PiecesForm) -> HttpResponse:
    sent = request.POST.get("version", "")
    version = int(sent) if sent.isdecimal() and len(sent) < 10 else 0
    try:
        fresh = actions.keep(row=row, by=request.user, typed=form.typed(), version=version)
    except ChangedMeanwhile as newer:
        form.add_error(None, _("This was changed in another place. Send again to replace it."))
        row.version = newer.version
        return _page(request, row, form, status=409)
    act = request.POST.get("act", "")
    if act == "machine":
        return _drafted(request, fresh)
    if act == "send" or request.POST.get("insist"):
        return _sent(request, fresh, form)
    messages.success(request, _("Kept. You can go on here within two weeks."))
    return HttpResponseRedirect(reverse("translating:edit", args=[row.pk]))


def _drafted(request: HttpRequest, row: Translation) -> HttpResponse:
    """A machine's words only where nothing is written yet."""
    try:
        made = machine.draft(row)
    except (NotAllowed, machine.NoDraft):
        messages.error(request, _("The machine did not answer. Your own words are kept."))
        return HttpResponseRedirect(reverse("translating:edit", args=[row.pk]))
    original = pieces.of(row.contribution, row.reply)
    own = pieces.fitted(original, row.pieces)
    typed = {
        name: [
            mine if mine.strip() else words
            for mine, words in zip(own[name], made[name], strict=True)
        ]
        for name in own
    }
    actions.keep(row=row, by=request.user, typed=typed, version=row.version, machine=True)
    return HttpResponseRedirect(reverse("translating:edit", args=[row.pk]))


def _sent(request: HttpRequest, row: Translation, form: PiecesForm) -> HttpResponse:
    try:
        done = actions.send(row=row, by=request.user, insist=bool(request.POST.get("insist")))
    except NothingWritten:
        for piece in pieces.missing(form.original, form.typed()):
            form.add_error(piece.key, _("This paragraph has no translation yet."))
        return _page(request, row, form, status=422)
    except Noticed as seen:
        noticed = _passages(seen, row, form)
        return _page(request, row, form, status=422, noticed=noticed)
    except (NotAllowed, Refused):
        form.add_error(
            None, _("This cannot go out as it is. Please look at it again, or write to the hosts.")
        )
        return _page(request, row, form, status=422)
    if done.state == State.PUBLISHED:
        messages.success(request, _("Thank you. Your translation is out, beside the original."))
    else:
        said = _("Thank you. Somebody reads it beside the original first; you get a letter.")
        messages.info(request, said)
    return HttpResponseRedirect(row.get_absolute_url())


def _passages(seen: Noticed, row: Translation, form: PiecesForm) -> list[Passage]:
    typed = form.typed()
    content = Content(
        title=pieces.joined(typed, "title"),
        body=pieces.joined(typed, "body"),
        language=row.language,
        parts=pieces.parts(typed),
    )
    return passages_at(seen, content, lambda name: ("", f"#id_{name}-0"))


def _form(row: Translation, original: list[pieces.Piece], **given: object) -> PiecesForm:
    typed = pieces.fitted(original, row.pieces)
    return PiecesForm(original=original, language=row.language, typed=typed, **given)


def _page(
    request: HttpRequest,
    row: Translation,
    form: PiecesForm,
    *,
    status: int = 200,
    noticed: list[Passage] | None = None,
) -> HttpResponse:
    terms = glossary.read()
    context = {
        "row": row,
        "form": form,
        "rows": list(form.rows(terms, row.source_language)),
        "remarks": queries.open_remarks(row),
        "noticed": noticed,
        "may_draft": machine.may_draft(row) and not row.is_machine_begun,
    }
    return render(request, "translating/edit.html", context, status=status)
