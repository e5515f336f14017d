"""The page of each kind with its answers, and answering, marking and following.
Called by urls.py alone."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from exchange.contributions import drafts, kinds, language_asked, mails
from exchange.contributions import rules as spine_rules
from exchange.contributions.cards import cards, context_line
from exchange.contributions.errors import (
    ChangedMeanwhile,
    Closed,
    NotAllowed,
    Noticed,
    Refused,
    TooMany,
)
from exchange.contributions.forms import WithdrawingForm
from exchange.contributions.models import OUT_STATES, Contribution
from exchange.contributions.noticing import Passage, passages_of_body
from exchange.contributions.pictures import actions as pictures
from exchange.contributions.pictures import rules as picture_rules
from exchange.contributions.pictures.forms import PictureForm
from exchange.contributions.pictures.queries import beside as pictures_beside
from exchange.contributions.queries import newest_of_term
from exchange.contributions.renderings import Rendering
from exchange.contributions.spaces import sharing_on
from exchange.conversation import actions, marks, queries, rules
from exchange.conversation.forms import AnswerForm
from exchange.conversation.models import Follow, Reply
from exchange.core import html, ids
from exchange.members.doors import member_required_keeping_text, unsent
from exchange.members.models import Member


def page(request: HttpRequest, pk: int, slug: str, kind: str) -> HttpResponse:
    """A question, experience, idea, discussion or notice with what people said to it."""
    contribution = _contribution(request, pk)
    if contribution.kind != kind or slug != (contribution.slug or "-"):
        return HttpResponseRedirect(contribution.get_absolute_url())
    return _page(request, contribution)


def _page(
    request: HttpRequest,
    contribution: Contribution,
    form: AnswerForm | None = None,
    *,
    picture: PictureForm | None = None,
    status: int = 200,
    noticed: list[Passage] | None = None,
    asked: language_asked.LanguageQuestion | None = None,
) -> HttpResponse:
    reader = _reader(request)
    full = kinds.get(contribution.kind).full(contribution)
    initial = _begun(request, contribution, reader)
    talk = queries.talk(contribution, reader, _number(request))
    context = {
        "contribution": full,
        "kind": kinds.get(contribution.kind),
        **_of_space(contribution),
        "context_line": context_line(contribution),
        "talk": talk,
        "rendered_parts": _rendered_parts(full, talk.rendering),
        "read_beside": _beside(contribution),
        "form": form or AnswerForm(initial=initial or None),
        "picture": picture or PictureForm.begun(initial),
        "pictures": pictures_beside(contribution.pk, reader),
        "noticed": noticed,
        "language_asked": asked,
        "parent": request.POST.get("parent") or request.GET.get("to") or initial.get("parent", ""),
        "once": ids.sent_back(request.POST.get("once", "")) or initial.get("once") or ids.new_id(),
        "levels": Follow.Level.choices,
        **_may(reader, contribution),
    }
    if contribution.is_public:
        return render(request, "conversation/page.html", context, status=status)
    shown = {**context, "decision": contribution.decisions.first()}
    response = render(request, "conversation/page.html", shown, status=status)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _begun(
    request: HttpRequest, contribution: Contribution, reader: Member | None
) -> dict[str, Any]:
    """An answer that was typed before signing in, or kept as a draft."""
    kept = unsent(request)
    if kept or "draft" not in request.GET:
        return kept
    return queries.begun_answer(contribution, reader, request.GET.get("to", ""))


def _of_space(contribution: Contribution) -> dict[str, Any]:
    """Where it was written, and the ways between what stands inside and what everybody reads."""
    return {
        "space": contribution.space,
        "first_space": sharing_on.first_in(contribution),
        "shared": sharing_on.shared_as(contribution) if contribution.is_inside else None,
    }


def _may(reader: Member | None, contribution: Contribution) -> dict[str, bool]:
    if reader is None:
        return {}
    return {
        "may_revise": spine_rules.may_revise(reader, contribution),
        "may_withdraw": spine_rules.may_withdraw(reader, contribution),
        "may_close": spine_rules.may_close(reader, contribution),
        "may_add_picture": picture_rules.may_add_to_own(reader, contribution),
        "is_own": contribution.author_id == reader.pk,
    }


def _rendered_parts(full: Contribution, rendering: Rendering | None) -> list[tuple[str, str]]:
    """An experience's parts in the reader's language, under the same headings."""
    return [
        (str(heading), html.from_markdown(rendering.parts[name]))
        for name, heading in getattr(full, "PARTS", ())
        if rendering is not None and rendering.parts.get(name)
    ]


def _beside(contribution: Contribution) -> list[Any]:
    """Records of the library on the same first topic."""
    if not contribution.topic_slugs or contribution.kind == "notice":
        return []
    return cards(newest_of_term(f"topic:{contribution.topic_slugs[0]}", "resource", 3))


@require_POST
@never_cache
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    return _answer(request, pk)


def _page_address(request: HttpRequest, pk: int) -> str:
    return _contribution(request, pk).get_absolute_url()


@member_required_keeping_text(back=_page_address)
def _answer(request: HttpRequest, pk: int) -> HttpResponse:
    contribution = _contribution(request, pk)
    form = AnswerForm(language_asked.answered(request))
    picture = PictureForm(request.POST, request.FILES, member=request.user)
    if not all((form.is_valid(), picture.is_valid())):
        return _page(request, contribution, form, picture=picture, status=422)
    asked = language_asked.question(request, form.cleaned_data["body"], form.language_given())
    if asked:
        return _page(request, contribution, form, picture=picture, status=422, asked=asked)
    try:
        reply = actions.answer(
            contribution=contribution,
            author=request.user,
            body=form.cleaned_data["body"],
            language=form.language_given(),
            parent=_parent(request, contribution),
            once_key=ids.sent_back(request.POST.get("once", "")),
            insist=bool(request.POST.get("insist")),
        )
    except Noticed as seen:
        noticed = passages_of_body(seen, form)
        return _page(request, contribution, form, picture=picture, status=422, noticed=noticed)
    except (Closed, NotAllowed, Refused) as refusal:
        form.add_error(None, _why_not(refusal))
        return _page(request, contribution, form, picture=picture, status=422)
    if not reply.is_protected:
        # A picture says who added it: none goes with words that nobody's name stands beside.
        pictures.add_with_words(
            ready=picture.ready,
            contribution=contribution,
            by=request.user,
            reply_number=reply.pk,
            is_out=reply.is_out,
        )
    key = queries.draft_key(contribution, request.POST.get("parent", ""))
    drafts.drop(key=key, member=request.user)
    _thank(request, reply)
    return HttpResponseRedirect(reply.get_absolute_url())


def _parent(request: HttpRequest, contribution: Contribution) -> Reply | None:
    key = request.POST.get("parent", "")
    if not key.isdecimal() or len(key) > 18:
        return None
    rows = Reply.objects.visible_to(request.user).filter(contribution_id=contribution.pk)
    return rows.filter(pk=int(key), state__in=OUT_STATES).select_related("parent").first()


def _thank(request: HttpRequest, reply: Reply) -> None:
    if reply.is_out:
        messages.success(request, _("Thank you. Your answer is out."))
    else:
        messages.info(
            request,
            _("Thank you. A host reads your answer before it goes out; you will get an e-mail."),
        )


def _why_not(refusal: Exception) -> str:
    if isinstance(refusal, Closed):
        return _("No more answers are taken here. You may ask a new question with your words.")
    if isinstance(refusal, Refused):
        return _("This cannot go out as it is. Please look at it again, or write to the hosts.")
    if isinstance(refusal, TooMany):
        return _(
            "You are new here, and hosts read the first words of everybody: ten answers a day is "
            "what they can take. Your words are kept; please send this tomorrow."
        )
    return _("Your account is paused for now, so this was not sent. Write to the hosts about it.")


@never_cache
@member_required_keeping_text
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an answer's words."""
    reply = _reply(request, pk)
    if not rules.may_revise_reply(request.user, reply):
        raise Http404
    if request.method == "POST":
        return _save(request, reply)
    kept = unsent(request)
    form = AnswerForm(initial=kept or {"body": reply.body, "language": reply.language})
    return _revise_page(request, reply, form, reply.version)


def _save(request: HttpRequest, reply: Reply) -> HttpResponse:
    form = AnswerForm(request.POST)
    sent = request.POST.get("version", "")
    version = int(sent) if sent.isdecimal() else 0
    if not form.is_valid():
        return _revise_page(request, reply, form, version, status=422)
    try:
        stands = actions.revise_reply(
            reply=reply,
            body=form.cleaned_data["body"],
            by=request.user,
            version=version,
            insist=bool(request.POST.get("insist")),
        )
    except Noticed as seen:
        noticed = passages_of_body(seen, form)
        return _revise_page(request, reply, form, version, status=422, noticed=noticed)
    except ChangedMeanwhile as newer:
        form.add_error(None, _("This was changed in another place. Send again to replace it."))
        return _revise_page(request, reply, form, newer.version, status=409)
    except (NotAllowed, Refused) as refusal:
        form.add_error(None, _why_not(refusal))
        return _revise_page(request, reply, form, version, status=422)
    if stands:
        messages.success(request, _("Your change is saved."))
    else:
        messages.info(request, _("Your change is kept. A host reads it before it goes out."))
    return HttpResponseRedirect(reply.get_absolute_url())


def _revise_page(
    request: HttpRequest,
    reply: Reply,
    form: AnswerForm,
    version: int,
    status: int = 200,
    noticed: list[Passage] | None = None,
) -> HttpResponse:
    context = {"reply": reply, "form": form, "version": version, "noticed": noticed}
    return render(request, "conversation/revise.html", context, status=status)


@never_cache
@member_required_keeping_text
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked once more, then gone from every door."""
    reply = _reply(request, pk)
    if not rules.may_withdraw_reply(request.user, reply):
        raise Http404
    by_host = reply.author_id != request.user.pk
    form = WithdrawingForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        context = {"reply": reply, "form": form if by_host else None}
        if by_host:
            about = mails.about_reply(reply.contribution_id, reply.pk)
            author = reply.author.email if reply.author else ""
            context["readers"] = mails.readers(about, author=author)
        status = 422 if request.method == "POST" else 200
        return render(request, "conversation/withdraw.html", context, status=status)
    given = form.cleaned_data if by_host else {}
    actions.withdraw_reply(reply=reply, by=request.user, **given)
    messages.success(request, _("It is withdrawn everywhere."))
    return HttpResponseRedirect(reply.contribution.get_absolute_url())


@require_POST
@member_required_keeping_text(back=_page_address)
def contribution_helped(request: HttpRequest, pk: int) -> HttpResponse:
    contribution = _contribution(request, pk)
    _mark(request, contribution, None)
    return HttpResponseRedirect(contribution.get_absolute_url())


def _reply_page_address(request: HttpRequest, pk: int) -> str:
    return _reply(request, pk).get_absolute_url()


@require_POST
@member_required_keeping_text(back=_reply_page_address)
def helped(request: HttpRequest, pk: int) -> HttpResponse:
    reply = _reply(request, pk)
    _mark(request, reply.contribution, reply)
    return _back_to(request, reply)


def _mark(request: HttpRequest, contribution: Contribution, reply: Reply | None) -> None:
    try:
        marks.mark_helped(
            member=request.user,
            contribution=contribution,
            reply=reply,
            on=not request.POST.get("off"),
        )
    except NotAllowed as error:
        raise Http404 from error


@require_POST
@member_required_keeping_text(back=_reply_page_address)
def accepted(request: HttpRequest, pk: int) -> HttpResponse:
    reply = _reply(request, pk)
    try:
        marks.accept_answer(reply=reply, by=request.user, on=not request.POST.get("off"))
    except NotAllowed as error:
        raise Http404 from error
    return _back_to(request, reply)


@never_cache
@member_required_keeping_text
def following(request: HttpRequest, pk: int) -> HttpResponse:
    """How much to hear about one contribution, and why one hears of it now."""
    contribution = _contribution(request, pk)
    if request.method == "POST" and request.POST.get("level") in Follow.Level.values:
        marks.follow(member=request.user, contribution=contribution, level=request.POST["level"])
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(contribution.get_absolute_url())
    now_set = Follow.objects.filter(member=request.user, contribution=contribution).first()
    context = {"contribution": contribution, "follow": now_set, "levels": Follow.Level.choices}
    return render(request, "conversation/following.html", context)


def _contribution(request: HttpRequest, pk: int) -> Contribution:
    if pk >= 2**63:
        raise Http404
    found: Contribution = get_object_or_404(
        Contribution.objects.visible_to(_reader(request)).select_related("space"), pk=pk
    )
    return found


def _reply(request: HttpRequest, pk: int) -> Reply:
    if pk >= 2**63:
        raise Http404
    rows = Reply.objects.visible_to(_reader(request)).select_related("contribution", "parent")
    found: Reply = get_object_or_404(rows, pk=pk)
    _contribution(request, found.contribution_id)
    return found


def _back_to(request: HttpRequest, reply: Reply) -> HttpResponse:
    number = request.POST.get("page", "")
    address = reply.contribution.get_absolute_url()
    query = f"?page={number}" if number.isdecimal() and number != "1" else ""
    return HttpResponseRedirect(f"{address}{query}#reply-{reply.parent_id or reply.pk}")


def _number(request: HttpRequest) -> int:
    number = request.GET.get("page", "1")
    return int(number) if number.isdecimal() and len(number) < 6 else 1


def _reader(request: HttpRequest) -> Member | None:
    return request.user if request.user.is_authenticated else None
