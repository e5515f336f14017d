"""What people ask for in their language, one text with its translations, asking and beginning.
Called by urls.py alone."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from exchange.contributions.models import Contribution
from exchange.contributions.renderings import read_by
from exchange.conversation.models import Reply
from exchange.core import languages
from exchange.members.doors import member_required_keeping_text
from exchange.translating import actions, queries, rules
from exchange.translating.errors import NotAllowed, Taken
from exchange.translating.forms import IntoForm, language_choices
from exchange.translating.views.finding import reader, text_of


def wanted(request: HttpRequest) -> HttpResponse:
    """What people ask for, between two languages or any; and what one has begun."""
    member = reader(request)
    source, target = _code(request, "from"), _code(request, "into")
    context = {
        "wanted": queries.wanted(member, source=source, target=target),
        "own": queries.own(member) if member else [],
        "to_look_at": queries.to_look_at(member) if member else [],
        "languages": language_choices(),
        "source": source,
        "target": target,
    }
    return render(request, "translating/wanted.html", context)


def text(request: HttpRequest, pk: int) -> HttpResponse:
    """One text: what it can be read in, who asks for what, and the way to begin."""
    contribution, reply = text_of(request, pk)
    member = reader(request)
    source = reply or contribution
    wishes = queries.wishes_for(contribution, reply, member)
    beside = queries.beside(contribution, reply, member)
    first = next((code for code in read_by(member) if code != source.language), "")
    context = {
        "contribution": contribution,
        "reply": reply,
        "source": source,
        "beside": beside,
        "wishes": [(code, count, mine) for code, (count, mine) in sorted(wishes.items())],
        "form": IntoForm(source=source.language, first=first),
        "may_translate": member is not None and rules.may_translate(member, contribution),
    }
    response = render(request, "translating/text.html", context)
    if not contribution.is_public:
        response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _text_address(request: HttpRequest, pk: int) -> str:
    contribution, reply = text_of(request, pk)
    return _address(contribution, reply)


@require_POST
@never_cache
@member_required_keeping_text(back=_text_address)
def wish(request: HttpRequest, pk: int) -> HttpResponse:
    """Please translate, once; `off=1` takes it back."""
    contribution, reply = text_of(request, pk)
    language, on = request.POST.get("language", ""), not request.POST.get("off")
    try:
        actions.wish(
            contribution=contribution, reply=reply, language=language, by=request.user, on=on
        )
    except NotAllowed:
        messages.error(request, _("Please choose another language than the original's."))
        return HttpResponseRedirect(_address(contribution, reply))
    if on:
        said = _("Thank you. Volunteers see it, and you get a letter when it is there.")
        messages.success(request, said)
    return HttpResponseRedirect(_address(contribution, reply))


@require_POST
@never_cache
@member_required_keeping_text(back=_text_address)
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it for two weeks, and on to the editor."""
    contribution, reply = text_of(request, pk)
    language = request.POST.get("language", "")
    try:
        row = actions.begin(
            contribution=contribution, reply=reply, language=language, by=request.user
        )
    except Taken:
        said = _("Somebody else is translating it into %(language)s now. Thank you all the same.")
        messages.info(request, said % {"language": languages.named(language)})
        return HttpResponseRedirect(_address(contribution, reply))
    except NotAllowed:
        messages.error(request, _("Please choose another language than the original's."))
        return HttpResponseRedirect(_address(contribution, reply))
    return HttpResponseRedirect(reverse("translating:edit", args=[row.pk]))


def _address(contribution: Contribution, reply: Reply | None) -> str:
    answer = f"?answer={reply.pk}" if reply else ""
    return reverse("translating:text", args=[contribution.pk]) + answer


def _code(request: HttpRequest, name: str) -> str:
    code = request.GET.get(name, "")
    return code if code in languages.SPOKEN else ""
