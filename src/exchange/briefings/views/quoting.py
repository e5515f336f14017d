"""The page of whoever is quoted: yes with the name, yes without it, or no.
Called through urls/briefs.py. Whoever holds its address needs no account."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from exchange.briefings.errors import NotNow
from exchange.briefings.models import Quoted
from exchange.briefings.quoting import actions, crediting, queries, sources
from exchange.core import html
from exchange.members.doors import member_required

_ANSWERS = (Quoted.Answer.NAMED, Quoted.Answer.UNNAMED, Quoted.Answer.DECLINED)


@never_cache
@member_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What one is asked, and what one agreed to."""
    quotes = queries.of_member(request.user)
    return render(request, "briefings/quoting/mine.html", {"quotes": quotes})


@never_cache
def answer(request: HttpRequest, key: str) -> HttpResponse:
    """Looking changes nothing; a tap does."""
    quote = queries.by_key(key)
    place = sources.place_of(quote.contribution_id, quote.reply_number) if quote else None
    if quote is None or place is None:
        raise Http404
    if request.method == "POST":
        return _answered(request, quote)
    context = {
        "quote": quote,
        "shown_words": html.from_markdown(quote.words),
        "named": crediting.named(place, quote.brief.language),
        "unnamed": crediting.unnamed(place, quote.brief.language),
    }
    response = render(request, "briefings/quoting/answer.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


def _answered(request: HttpRequest, quote: Quoted) -> HttpResponse:
    how = request.POST.get("answer", "")
    if how in _ANSWERS:
        try:
            actions.answer(quote=quote, how=how)
        except NotNow:
            raise Http404 from None
        messages.success(request, _("Thank you. Your answer is kept; you can change it here."))
    return HttpResponseRedirect(reverse("briefings:quote", args=[quote.key]))
