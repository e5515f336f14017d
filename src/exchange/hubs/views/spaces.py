"""The list of hubs and groups, and the page of each: its face, and for those inside what is inside.
Called by `urls/spaces.py`."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from exchange.hubs import rules, showing
from exchange.hubs.belongs import belonging_of
from exchange.hubs.models import Space


@require_safe
def listing(request):
    """Regional hubs, then the groups whose names everybody may see and the reader's own."""
    spaces = Space.objects.visible_to(_reader(request)).order_by("name", "pk")
    context = {
        "hubs": [space for space in spaces if space.is_hub],
        "groups": [space for space in spaces if not space.is_hub],
    }
    return render(request, "hubs/spaces/list.html", context)


@require_safe
def one(request, slug):
    """What it is; blocks of other rooms stand in its slots."""
    reader = _reader(request)
    rows = Space.objects.visible_to(reader).select_related("parent")
    space = get_object_or_404(rows, slug=slug)
    belonging = belonging_of(reader).get(space.pk) if reader else None
    is_hosting = rules.hosts(reader, space.pk)
    shown = ["space-acts"]
    if belonging:
        shown.append("space-inside")
    if is_hosting:
        shown.append("space-hosts")
    if space.is_hub:
        shown.append("space-face")
    context = {
        "space": space,
        "reader": reader,
        "belonging": belonging,
        "is_hosting": is_hosting,
        **showing.provided(shown, space, reader),
    }
    return render(request, "hubs/spaces/one.html", context)


def _reader(request):
    return request.user if request.user.is_authenticated else None
