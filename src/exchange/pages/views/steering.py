"""The hosts' pages of the home: what stands, what comes, and choosing it; nothing is shown that was
not looked at. Reached through pages.urls by hosts who have shown a second factor."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from exchange.contributions.content import Content
from exchange.contributions.errors import AlreadyDecided, Noticed, Refused
from exchange.contributions.noticing import passages_at
from exchange.core import ids
from exchange.core.time import now
from exchange.members.doors import host_required
from exchange.pages.models import Choice
from exchange.pages.steering import actions, forms, looks, queries
from exchange.pages.steering.rules import SECTIONS

Sort = Choice.Sort
FORMS = {
    "featured": forms.FeaturedForm,
    "theme": forms.ThemeForm,
    "announcement": forms.BarForm,
    "sections": forms.SectionForm,
    "order": forms.OrderForm,
    "elsewhere": forms.ElsewhereForm,
}


@host_required
@never_cache
@require_GET
def overview(request):
    """What stands now, what is still to begin, and who chose what before."""
    moment = now()
    standing = list(Choice.objects.standing().select_related("contribution").newest()[:60])
    context = {
        "standing": [looks.line(one, moment) for one in standing if not looks.is_over(one, moment)],
        "former": [looks.line(one, moment) for one in looks.former(moment)],
        "sections": [
            (label, reverse("home-desk:section", args=[code])) for code, label in SECTIONS.items()
        ],
    }
    return render(request, "pages/steering/overview.html", context)


@host_required
@never_cache
@require_http_methods(["GET", "POST"])
def choose(request, what, place=""):
    """One form: first to be looked at, then shown with exactly the words that were looked at."""
    shape = FORMS[what]
    if what == "sections" and place not in SECTIONS:
        raise Http404
    if request.method == "GET":
        return _page(request, what, place, shape(initial=_initial(request, shape, place)))
    form = shape(request.POST)
    if not form.is_valid():
        return _page(request, what, place, form, status=422)
    if "show" not in request.POST or form.cleaned_data["looked"] != form.mark:
        return _page(request, what, place, form, looked=True)
    try:
        actions.choose(
            chosen=form.chosen(place),
            by=request.user,
            instead_of=form.cleaned_data["instead"],
            once_key=form.once_key,
        )
    except Noticed as seen:
        return _page(request, what, place, form, noticed=_passages(seen, form), status=422)
    except (AlreadyDecided, Refused) as refusal:
        form.add_error(None, _why(refusal))
        return _page(request, what, place, form, status=409)
    messages.success(request, _("Chosen. It is shown from its first day on."))
    return redirect("home-desk:overview")


@host_required
@require_POST
def down(request, pk):
    row = get_object_or_404(Choice, pk=pk)
    actions.take_down(choice=row, by=request.user)
    messages.success(request, _("Taken down."))
    return redirect("home-desk:overview")


def _initial(request, shape, place):
    """The row that is to be changed, or what stands, or what a host came from."""
    given = {"once": ids.new_id()}
    number = request.GET.get("change", "")
    if number.isdecimal() and len(number) < 18:
        row = Choice.objects.standing().select_related("contribution").filter(pk=number).first()
        if row is not None and row.sort == shape.sort and row.place == place:
            return {**given, **shape.initial_of(row)}
    if shape.sort in actions.WITHOUT_DAYS and (row := queries.on(shape.sort)) is not None:
        return {**given, **shape.initial_of(row)}
    about = request.GET.get("about", "")
    return {**given, "about": about} if about.isdecimal() else given


def _page(request, what, place, form, *, looked=False, noticed=(), status=200):
    look = None
    if looked:
        look = looks.of(form.chosen(place))
        # The form goes back with the mark of what is seen above it.
        form.data = {**form.data.dict(), "looked": form.mark}
    context = {
        "what": what,
        "title": SECTIONS[place] if place else looks.TITLES[what],
        "form": form,
        "look": look,
        "noticed": noticed,
    }
    return render(request, "pages/steering/choose.html", context, status=status)


def _passages(seen, form):
    """Of the words of one language: the one the gates were asked about last is enough to find it."""
    words = form.words if isinstance(form, forms.WordsForm) else {}
    for one in words.values():
        text = "\n\n".join(filter(None, [one.get("title", ""), one.get("words", "")]))
        if all(reason.end <= len(text) for reason in seen.reasons):
            found = passages_at(seen, Content(title="", body=text), lambda _name: ("", ""))
            if found:
                return found
    return []


def _why(refusal):
    if isinstance(refusal, AlreadyDecided):
        told = _("%(name)s has changed this meanwhile. Please open it anew; your words are below.")
        return told % {"name": refusal.by_name or _("A host")}
    return _("Your words could not be checked just now. Please send them again in a while.")
