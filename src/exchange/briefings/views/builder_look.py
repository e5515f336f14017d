"""An edition as people will get it: as text, as the page of the mail, at the width of a phone, and
as a mail to oneself. Called through urls/builder.py; hosts only."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from exchange.briefings.builder import message, paper, saying
from exchange.briefings.sending.actions import test_send
from exchange.briefings.views.builder import to_edition
from exchange.briefings.views.builder_edition import edition_asked
from exchange.members.doors import host_required

# The mail brings its styles in its elements; nothing else may act there, and nothing is loaded.
_ALONE = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
_PHONE = "<style>html{max-width:360px;margin:0 auto}</style></head>"


@never_cache
@host_required
@require_safe
def look(request: HttpRequest, pk: int) -> HttpResponse:
    """The words of the mail, its size, and the ways to its page and to a test."""
    row = edition_asked(request, pk)
    letter = paper.letter(row)
    context = {
        "edition": row,
        "name": saying.name_of(row),
        "letter": letter,
        "size": saying.size_of_mail(letter),
        "message": message.message(row),
        "at": "newsletters",
    }
    return render(request, "briefings/builder/look.html", context)


@never_cache
@host_required
@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Exactly the page of the mail; with `phone`, as narrow as on a small one."""
    made = paper.letter(edition_asked(request, pk)).html
    if "phone" in request.GET:
        made = made.replace("</head>", _PHONE, 1)
    response = HttpResponse(made)
    response["Content-Security-Policy"] = _ALONE
    return response


@never_cache
@host_required
@require_POST
def test(request: HttpRequest, pk: int) -> HttpResponse:
    """To oneself alone."""
    row = edition_asked(request, pk)
    test_send(edition=row, to=request.user)
    messages.success(request, _("It is on its way to you."))
    return to_edition(row)
