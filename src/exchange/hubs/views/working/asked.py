"""What the pages of a group's papers have in common: the row asked for, a form tried, refusals in words.
Called by the views beside it."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from exchange.core import ids
from exchange.hubs import rules as belonging
from exchange.hubs.models.working import Paper
from exchange.hubs.working.errors import (
    ChangedMeanwhile,
    NotAllowed,
    Noticed,
    NotNow,
    Refused,
    TooMuch,
)
from exchange.members.doors import unsent

_PRIVATE = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex"}


def paper(request, space, pk, *kinds):
    """One of these kinds in this space that the reader may see; 404 otherwise."""
    rows = Paper.objects.visible_to(request.user).select_related(
        "author", "owner", "settled_by", "sitting", "parent"
    )
    found = rows.filter(space=space, pk=pk, kind__in=kinds).first()
    if found is None:
        raise Http404
    found.space = space
    return found


def page(request, name, space, status=200, **context):
    """A page of the group: nobody keeps a copy on the way."""
    given = {
        "space": space,
        "may_write": space.is_open and belonging.may_write(request.user, space.pk),
        "is_hosting": belonging.hosts(request.user, space.pk),
        **context,
    }
    response = render(request, f"hubs/working/{name}.html", given, status=status)
    for header, value in _PRIVATE.items():
        response[header] = value
    return response


def form_page(request, space, form, *, title, button, status=200, **more):
    """One form with its button; what was typed stays."""
    once = ids.sent_back(request.POST.get("once", "")) or ids.new_id()
    given = {"form": form, "title": title, "button": button, "once": once, **more}
    return page(request, more.get("template", "form"), space, status, **given)


def begun(request, **initial):
    """What a form begins with: what was typed before signing in, else what stands."""
    return unsent(request) or initial


def attempt(form, do):
    """What the action gives back; or nothing, with the reason on the form."""
    try:
        return do()
    except Noticed as seen:
        form.noticed = seen.passages or [""]
        form.add_error(None, _("Something in these words could point to one child, or reach somebody. Please look at it once more."))  # fmt: skip
    except (NotNow, NotAllowed, Refused, TooMuch) as refusal:
        form.add_error(None, why_not(refusal))
    return None


def why_not(refusal):
    """A refusal in plain words."""
    if isinstance(refusal, NotNow):
        return _REASONS.get(refusal.code, _NOT_NOW)()
    if isinstance(refusal, Refused):
        return _("This cannot go out as it is. Please look at it again, or write to the hosts.")
    if isinstance(refusal, TooMuch):
        return _("There is no room left for it. Take away what nobody needs any more.")
    if isinstance(refusal, ChangedMeanwhile):
        return _("Somebody else changed it meanwhile. Please look at it once more.")
    return _("You may not do that here.")


def gone_to(request, row, words=""):
    """Back to the page of it, with a word."""
    if row.state == Paper.State.HELD:
        messages.info(request, _("Thank you. A host of the group reads it first."))
    else:
        messages.success(request, words or _("Thank you. It is kept."))
    return HttpResponseRedirect(row.get_absolute_url())


def did(request, space, act, back, words=""):
    """A tap: done, or why not, and back."""
    try:
        act()
    except (NotNow, NotAllowed, Refused, TooMuch, Noticed, ChangedMeanwhile) as refusal:
        messages.error(request, why_not(refusal))
    else:
        if words:
            messages.success(request, words)
    return HttpResponseRedirect(back)


def version_of(request):
    given = request.POST.get("version", "")
    return int(given) if given.isdecimal() and len(given) < 10 else 0


def _NOT_NOW():
    return _("That is not possible any more. Please look at the page again.")


_REASONS = {
    "is-over": lambda: _("That hour is over. Please choose one that is still ahead."),
    "is-off": lambda: _("This meeting was called off."),
    "no-such-hour": lambda: _(
        "On that night the clocks jump over this hour. Please choose another."
    ),
    "no-reason": lambda: _("Please give your reason, so that the group can think about it."),
    "no-outcome": lambda: _("Nothing closes without its outcome in words."),
    "not-agreed": lambda: _("Not everybody who wrote in it has said yes yet."),
    "not-inside": lambda: _("That person does not belong to the group any more."),
}


def plain(request, name, **context):
    """A page of one's own, of no one group."""
    response = render(request, f"hubs/working/{name}.html", context)
    for header, value in _PRIVATE.items():
        response[header] = value
    return response
