"""The door of the writing room: hosts alone, passed on to the process that is it; or a page that says
that it is being opened. Reached through urls.py, every address under /desk/write/."""

import threading
from http.cookies import SimpleCookie

from django.http import HttpResponse, HttpResponseNotAllowed, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt

from exchange.desk.writing import opening, passing
from exchange.members.doors import second_factor_required

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
READS = ("GET", "HEAD")
# What somebody typed waits this long for a room that is just being opened; few at once.
WAIT = 20.0
_waiting = threading.BoundedSemaphore(2)


def to_writing(request):
    """The room has one address, whatever language the desk is read in."""
    return redirect("/desk/write/")


@csrf_exempt  # the room asks for the token itself, and must be handed the form unread
@second_factor_required(
    may=lambda member: member.is_appointed, room="/desk/write/", keeping_text=False
)
def writing(request, rest=""):
    if request.method not in METHODS:
        return HttpResponseNotAllowed(METHODS)
    opening.wish(request.path)
    if not _is_ready(request):
        return _not_yet(request)
    try:
        answer = passing.pass_on(
            request.method,
            request.get_full_path(),
            request.headers.items(),
            request,
            _length(request),
        )
    except passing.NotThere:
        opening.forget()
        return _not_yet(request)
    return _passed_back(answer)


def _is_ready(request):
    if not opening.is_set_up():
        return False
    if opening.is_open():
        return True
    if request.method in READS or request.path.startswith(opening.NOBODY):
        return False
    if not _waiting.acquire(blocking=False):
        return False
    try:
        return opening.waited_for(WAIT)
    finally:
        _waiting.release()


def _not_yet(request):
    """A page that looks again by itself; a script is told when to."""
    opening.wish(request.path)
    is_sent = request.method not in READS
    if _is_looked_at(request):
        with override(request.user.first_language):
            context = {"is_set_up": opening.is_set_up(), "is_sent": is_sent}
            response = render(request, "desk/writing/opening.html", context, status=503)
        if opening.is_set_up() and not is_sent:
            response.headers["Refresh"] = "3"
    else:
        response = HttpResponse(status=503)
    response.headers["Content-Language"] = request.user.first_language
    response.headers["Retry-After"] = "3"
    response.headers["Cache-Control"] = "no-store"
    response._has_been_logged = True  # nothing is broken
    return response


def _is_looked_at(request):
    """Whether a person sees the answer, and not a script or a style. What a browser accepts tells
    it; where our service worker asks for a page, Sec-Fetch-Dest says "empty"."""
    return "text/html" in request.headers.get("Accept", "text/html") and request.method in (
        *READS,
        "POST",
    )


def _passed_back(answer):
    response = StreamingHttpResponse(answer.body, status=answer.status)
    response._has_been_logged = True  # the room has done that
    del response.headers["Content-Type"]
    for name, value in answer.headers:
        if name.lower() == "set-cookie":
            response.cookies.update(SimpleCookie(value))
        else:
            response.headers[name] = value
    return response


def _length(request):
    given = request.META.get("CONTENT_LENGTH") or "0"
    return int(given) if given.isascii() and given.isdecimal() else 0
