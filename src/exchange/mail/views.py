"""The page at /outbox/: what would have been mailed, for the person at this very machine.
Local mode and loopback only; to everybody else it does not exist."""

from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from exchange.core.reaching import is_this_machine
from exchange.mail import outbox, queries
from exchange.mail.forms import AnswerForm
from exchange.mail.models import OutgoingMail
from exchange.mail.replying import answer

PASSED_ON_BY = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")


def only_at_this_machine(view):
    """404 unless the request comes from this machine, straight, to a name of this machine.

    The name is looked at as well, so that a web page elsewhere cannot point its own domain at
    127.0.0.1 and read sign-in codes through the visitor's browser."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        passed_on = any(header in request.META for header in PASSED_ON_BY)
        if (
            settings.PRODUCTION
            or passed_on
            or not is_this_machine(request.META.get("REMOTE_ADDR", ""))
            or not is_this_machine(_name_asked_for(request))
        ):
            raise Http404
        return view(request, *args, **kwargs)

    return never_cache(guarded)


@only_at_this_machine
@require_safe
def letters(request):
    """The newest mails first; `?before=` continues."""
    before = request.GET.get("before", "")
    found = queries.letters(before=int(before) if before.isdecimal() and len(before) < 19 else None)
    older = found[-1].mail.pk if len(found) == queries.PAGE else None
    return render(request, "mail/letters.html", {"letters": found, "older": older})


@only_at_this_machine
@require_safe
def letter(request, pk):
    """One mail as its reader would see the text, and a place to answer it."""
    mail = get_object_or_404(OutgoingMail, pk=pk)
    return _letter(request, mail, AnswerForm())


@only_at_this_machine
@require_POST
def answer_letter(request, pk):
    """Answer it in its reader's place: the answer comes in as a mail does."""
    mail = get_object_or_404(OutgoingMail.objects.exclude(to_address=""), pk=pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _letter(request, mail, form, status=422)
    answer(mail=mail, text=form.cleaned_data["text"])
    messages.success(
        request, _("Your answer is on its way in. What comes of it is here in a moment.")
    )
    return redirect("mail:letters")


@only_at_this_machine
@require_safe
def raw(request, pk):
    """The file itself, for a mail program."""
    mail = get_object_or_404(OutgoingMail, pk=pk)
    content = outbox.read(mail)
    if content is None:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="{mail.file_name}"'}
    return HttpResponse(content, content_type="message/rfc822", headers=headers)


def _letter(request, mail, form, status=200):
    context = {"letter": queries.letter(mail), "form": form if mail.to_address else None}
    return render(request, "mail/letter.html", context, status=status)


def _name_asked_for(request):
    host = request.get_host()
    return host.rpartition(":")[0] if not host.endswith("]") and ":" in host else host
