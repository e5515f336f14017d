"""Everything a member follows and how they want mail.
Called through `alerts.urls`."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache

from exchange.members.doors import member_required


@never_cache
@member_required
def mail(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(reverse("members:me"))
