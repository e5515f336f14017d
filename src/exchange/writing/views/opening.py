"""From the desk to the page in the editor, which is made or brought up to date on the way.
Called through urls.py; HostsAloneMiddleware has let nobody but hosts in."""

from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from exchange.briefings import queries
from exchange.contributions.errors import NotAllowed
from exchange.writing.opening import actions


@require_safe
def brief(request, pk):
    row = queries.brief(pk, request.user)
    return _to(_opened(actions.open_brief, brief=row, by=request.user) if row else None)


@require_safe
def newsletter(request, pk):
    row = queries.newsletter(pk, request.user)
    return _to(_opened(actions.open_newsletter, edition=row, by=request.user) if row else None)


@require_safe
def house(request, name, language):
    try:
        return _to(actions.open_house(name=name, language=language, by=request.user))
    except LookupError as unknown:
        raise Http404 from unknown


def _opened(open_it, **given):
    try:
        return open_it(**given)
    except NotAllowed:
        return None


def _to(page):
    if page is None:
        raise Http404
    return redirect("wagtailadmin_pages:edit", page.pk)
