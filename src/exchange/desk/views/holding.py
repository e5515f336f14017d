"""A few words to whoever asked something that nobody has answered for three days.
Called by urls.py alone."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache

from exchange.contributions.errors import Closed, NotAllowed, Noticed, Refused
from exchange.contributions.models import Contribution
from exchange.contributions.noticing import passages_of_body
from exchange.conversation.offering.actions import HeldAlready, hold_with_an_answer
from exchange.core.languages import INTERFACE
from exchange.desk.forms import HoldingForm
from exchange.desk.queries.holding import ready_words
from exchange.members.doors import host_required


@never_cache
@host_required
def hold(request, pk):
    """The words are ready in the language of the question; the host changes what is not right."""
    rows = Contribution.objects.visible_to(request.user).unanswered()
    question = get_object_or_404(rows, pk=pk)
    if request.method != "POST":
        return _page(request, question, HoldingForm(initial={"body": _ready(question)}))
    form = HoldingForm(request.POST)
    if not form.is_valid():
        return _page(request, question, form, status=422)
    try:
        hold_with_an_answer(
            question=question,
            by=request.user,
            body=form.cleaned_data["body"],
            language=question.language,
        )
    except Noticed as seen:
        noticed = passages_of_body(seen, form)
        return _page(request, question, form, status=422, noticed=noticed)
    except HeldAlready:
        messages.info(request, _("Another host has told them already."))
    except (Closed, NotAllowed, Refused):
        form.add_error(None, _("These words cannot stand there. Please look at them again."))
        return _page(request, question, form, status=422)
    else:
        messages.success(request, _("They know that you have seen it. It goes on waiting."))
    return HttpResponseRedirect(f"{reverse('desk:morning')}#questions")


def _ready(question):
    if question.kind != "question":
        raise Http404
    with override(question.language if question.language in INTERFACE else "en"):
        return ready_words(question)


def _page(request, question, form, *, status=200, noticed=None):
    context = {"question": question, "form": form, "noticed": noticed}
    return render(request, "desk/holding.html", context, status=status)
