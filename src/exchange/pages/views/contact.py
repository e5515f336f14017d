"""Writing to the hosts. Who is worried about a child is led to the page for that at once, with the
words; nothing of it is kept here. Called through pages.urls alone."""

from allauth.core import ratelimit
from django.conf import settings
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from exchange.contacting.actions.receiving import receive
from exchange.contacting.forms import ContactForm
from exchange.contributions.content import Content
from exchange.contributions.errors import Noticed
from exchange.contributions.noticing import passages_at
from exchange.core import ids, languages, waiting
from exchange.members.doors import unsent
from exchange.pages import texts
from exchange.safeguarding import queries as safeguarding
from exchange.safeguarding.forms import ReportForm
from exchange.safeguarding.models import Kind
from exchange.safeguarding.targets import GENERAL


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request):
    member = request.user if request.user.is_authenticated else None
    if request.method != "POST":
        if "sent" in request.GET:
            return render(request, "pages/contact.html", {"sent": True})
        return _page(request, ContactForm(member=member, initial=unsent(request)))
    form = ContactForm(request.POST, member=member)
    if form.is_a_worry:
        return _to_report(request, member)
    if not form.is_valid():
        return _page(request, form, status=422)
    if not _may_write(request, form):
        return _page(request, form, status=429, too_often=True)
    try:
        word = receive(letter=form.letter, how=form.how, insist="insist" in request.POST)
    except Noticed as seen:
        return _page(request, form, noticed=_passages(seen, form), status=422)
    waiting.forget()
    if word.sealed_at is not None:
        # Those who look after safeguarding have it; whom to call stands on that page.
        return HttpResponseRedirect(f"{reverse('safeguarding:received')}?now=1")
    return HttpResponseRedirect(f"{reverse('pages:contact')}?sent=1")


def _to_report(request, member):
    """The page of reports, with what was typed; it sends nothing before one of its choices is
    tapped. Whom to call stands at its top."""
    typed = {"words": request.POST.get("words", ""), "address": request.POST.get("address", "")}
    form = ReportForm(reader=member, handlers=safeguarding.handlers(), initial=typed)
    context = {
        "target": GENERAL,
        "form": form,
        "kinds": list(Kind),
        "once": ids.new_id(),
        "action": reverse("safeguarding:report-general"),
        # Nothing stands before whom to call.
        "beside": {},
    }
    return render(request, "safeguarding/report.html", context)


def _may_write(request, form):
    """A training room of thirty shares a line; one address writes a few times a day."""
    from_here = ratelimit.consume(request, action="contact_from_a_line", key="contact")
    letter = form.letter
    address = letter.member.email if letter.member else letter.address
    return bool(
        from_here and ratelimit.consume(request, action="contact_from_an_address", key=address)
    )


def _passages(seen, form):
    words = Content(title="", body=form.cleaned_data["words"])
    field = form["words"]
    return passages_at(seen, words, lambda _name: (field.label, f"#{field.auto_id}"))


def _page(request, form, *, noticed=(), too_often=False, status=200):
    context = {
        "intro": texts.written("contact", languages.current()),
        "address": settings.CONTACT,
        "form": form,
        "noticed": noticed,
        "too_often": too_often,
    }
    return render(request, "pages/contact.html", context, status=status)
