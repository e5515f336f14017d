"""Changing one's own words, withdrawing them, closing and reopening; hosts may do so for others.
Called by urls.py alone."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from exchange.contributions import actions, drafts, kinds, language_asked, mails, rules
from exchange.contributions.content import Content
from exchange.contributions.errors import ChangedMeanwhile, NotAllowed, Noticed, Refused
from exchange.contributions.experience_forms import ExperienceForm
from exchange.contributions.forms import FORMS, WithdrawingForm
from exchange.contributions.models import Contribution
from exchange.contributions.noticing import Passage, passages
from exchange.contributions.views.sending import as_initial, refusal_of
from exchange.members.doors import member_required_keeping_text, unsent


def _own(request: HttpRequest, pk: int) -> Contribution:
    rows = Contribution.objects.visible_to(request.user)
    contribution = get_object_or_404(rows, pk=pk)
    full: Contribution = kinds.get(contribution.kind).full(contribution)
    return full


@never_cache
@member_required_keeping_text
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    """The words as they stand, in the form they were written in."""
    contribution = _own(request, pk)
    form_class = {**FORMS, "experience": ExperienceForm}.get(contribution.kind)
    if form_class is None or not rules.may_revise(request.user, contribution):
        raise Http404
    if request.method == "POST":
        return _save(request, contribution, form_class(language_asked.answered(request)))
    initial = unsent(request) or form_class.initial_of(contribution)
    version = contribution.version
    draft = drafts.of(request.user, request.GET.get("draft", "")[:40])
    if draft is not None and draft.key.startswith(f"revise-{pk}-"):
        initial, version = as_initial(draft.answers, form_class), int(draft.key.split("-")[2])
    return _page(request, contribution, form_class(initial=initial), version)


def _save(request: HttpRequest, contribution: Contribution, form: Any) -> HttpResponse:
    sent = request.POST.get("version", "")
    version = int(sent) if sent.isdecimal() else 0
    if not form.is_valid():
        return _page(request, contribution, form, version, status=422)
    content: Content = form.content()
    asked = language_asked.question(request, f"{content.title}\n{content.whole}", content.language)
    if asked:
        return _page(request, contribution, form, version, status=422, asked=asked)
    try:
        stands = actions.revise(
            contribution=contribution,
            content=content,
            by=request.user,
            version=version,
            why=request.POST.get("why", ""),
            insist=bool(request.POST.get("insist")),
        )
    except Noticed as seen:
        noticed = passages(seen, content, form)
        return _page(request, contribution, form, version, status=422, noticed=noticed)
    except ChangedMeanwhile as newer:
        form.add_error(
            None,
            _(
                "These words were changed in another place since you opened them. Yours are "
                "below, unsaved; the present ones are on the page. Send again to replace them."
            ),
        )
        return _page(request, contribution, form, newer.version, status=409)
    except (NotAllowed, Refused) as refusal:
        form.add_error(None, refusal_of(refusal))
        return _page(request, contribution, form, version, status=422)
    drafts.drop(key=f"revise-{contribution.pk}-{version}", member=request.user)
    _say_after(request, stands)
    return HttpResponseRedirect(contribution.get_absolute_url())


def _say_after(request: HttpRequest, stands: bool) -> None:
    if stands:
        messages.success(request, _("Your change is saved."))
    else:
        messages.info(request, _("Your change is kept. A host reads it before it goes out."))


def _page(
    request: HttpRequest,
    contribution: Contribution,
    form: Any,
    version: int,
    status: int = 200,
    noticed: list[Passage] | None = None,
    asked: language_asked.LanguageQuestion | None = None,
) -> HttpResponse:
    context = {
        "contribution": contribution,
        "form": form,
        "version": version,
        "noticed": noticed,
        "language_asked": asked,
    }
    return render(request, "contributions/revise.html", context, status=status)


@never_cache
@member_required_keeping_text
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked once more, then gone from every door."""
    contribution = _own(request, pk)
    if not rules.may_withdraw(request.user, contribution):
        raise Http404
    by_host = contribution.author_id != request.user.pk
    form = WithdrawingForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        context = {"contribution": contribution, "form": form if by_host else None}
        if by_host:
            author = contribution.author.email if contribution.author else ""
            context["readers"] = mails.readers(mails.about(contribution.pk), author=author)
        status = 422 if request.method == "POST" else 200
        return render(request, "contributions/withdraw.html", context, status=status)
    given = form.cleaned_data if by_host else {}
    actions.withdraw(contribution=contribution, by=request.user, **given)
    messages.success(request, _("It is withdrawn everywhere."))
    return HttpResponseRedirect(contribution.get_absolute_url())


@require_POST
@member_required_keeping_text
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close, or with `open=1` open again."""
    contribution = _own(request, pk)
    change = actions.reopen if request.POST.get("open") else actions.close
    try:
        change(contribution=contribution, by=request.user)
    except NotAllowed as error:
        raise Http404 from error
    return HttpResponseRedirect(contribution.get_absolute_url())
