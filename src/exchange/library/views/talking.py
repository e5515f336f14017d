"""The talk between hosts and whoever added a record, and the hosts' list of what was added.
Called by urls alone."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from exchange.contributions.errors import NotAllowed, TooMany
from exchange.library.depositing import actions, queries
from exchange.library.depositing.beside import WordForm
from exchange.library.views.asked import resource_for
from exchange.members.doors import host_required, member_required_keeping_text


def _page_of(request: HttpRequest, pk: int) -> str:
    return reverse("library:resource-page", args=[pk, "-"])


@require_POST
@member_required_keeping_text(back=_page_of)
def say(request: HttpRequest, pk: int) -> HttpResponse:
    """A word to the other side; an empty one changes nothing."""
    row = resource_for(request, pk)
    form = WordForm(request.POST)
    if form.is_valid():
        try:
            actions.say(resource=row, body=form.cleaned_data["word"], by=request.user)
        except TooMany:
            messages.info(request, _("That is many words for one day. Hosts answer soon."))
            return HttpResponseRedirect(f"{row.get_absolute_url()}#words")
        except NotAllowed as error:
            raise Http404 from error
        messages.success(request, _("Your word is on its way."))
    return HttpResponseRedirect(f"{row.get_absolute_url()}#words")


@require_GET
@never_cache
@host_required
def added(request: HttpRequest) -> HttpResponse:
    """Records that members added and that wait, with the last word said about each."""
    rows = queries.waiting(request.user)
    return render(request, "library/depositing/added.html", {"rows": queries.with_words(rows)})
