"""Who may come in to the pages of one space.
Used by the views of this room."""

from functools import wraps

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from exchange.hubs import rules
from exchange.hubs.belongs import belonging_of
from exchange.hubs.models import Space
from exchange.members.doors import member_required, second_factor_required

# What stopped words say, where there is no page to show the passage on.
STOPPED = _(
    "Something in these words could point to one child, or looks like advertising. Please say it"
    " without names of children, places, numbers and links."
)


def inside_required(view):
    """Whoever belongs to the space, in whatever role; 404 for others. The view gets the space."""

    @wraps(view)
    @member_required
    def door(request, slug, *args, **kwargs):
        space = get_object_or_404(Space.objects.select_related("parent"), slug=slug)
        if not rules.is_within(request.user, space.pk):
            raise Http404
        return view(request, space, *args, **kwargs)

    return door


def managing_required(view):
    """Hosts of the space, and of the Exchange, with a second factor shown: who has none is led to
    set it up. 404 for others. The view gets the space."""

    @wraps(view)
    @second_factor_required(may=_manages_something, room="/hubs/")
    def door(request, slug, *args, **kwargs):
        space = get_object_or_404(Space.objects.select_related("parent"), slug=slug)
        if not rules.may_manage(request.user, space.pk):
            raise Http404
        return view(request, space, *args, **kwargs)

    return door


def _manages_something(member):
    return member.is_appointed or any(one.is_hosting for one in belonging_of(member).values())
