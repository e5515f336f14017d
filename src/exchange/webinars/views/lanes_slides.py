"""Slides: bringing them in, looking through them, showing one; and the bytes of a picture.
Called by urls alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.http import HttpResponseRedirect as Redirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from exchange.contributions.content import Content
from exchange.contributions.errors import NotAllowed, Noticed, Refused
from exchange.contributions.noticing import passages_at
from exchange.webinars.errors import NotNow
from exchange.webinars.lanes import queries, slide_files, sliding
from exchange.webinars.lanes.actions import TooMany
from exchange.webinars.lanes.errors import NotSlides
from exchange.webinars.lanes.forms import SlideFileForm, SlideWordsForm
from exchange.webinars.lanes.rules import may_pass_slide
from exchange.webinars.models import Slide, Webinar
from exchange.webinars.rules import Roles
from exchange.webinars.views.lanes import entered
from exchange.webinars.views.room import kept_private

_HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
Deed = Callable[[HttpRequest, Webinar, Roles], HttpResponse]


@require_safe
def picture(request: HttpRequest, pk: int, number: int, name: str) -> HttpResponse:
    """The light picture of a slide that everybody was shown; the team sees the others too. Asked
    for anew each time: what is taken back is gone from every browser at once."""
    webinar, roles = entered(request, pk)
    rows = Slide.objects.filter(webinar_id=webinar.pk, picture=name)
    if not roles.may_write:
        rows = rows.out()
    data = slide_files.kept(name) if name and rows.exists() else None
    if data is None:
        raise Http404
    etag = f'"{name}"'
    response: HttpResponse = HttpResponseNotModified()
    if name not in request.headers.get("If-None-Match", ""):
        response = HttpResponse(data, content_type="image/webp", headers=_HEADERS)
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    return response


@require_safe
def shown(request: HttpRequest, pk: int) -> HttpResponse:
    """All slides that everybody was shown, as words; their pictures by a tap."""
    webinar, roles = entered(request, pk)
    context = {
        "webinar": webinar,
        "slides": queries.slides_out(webinar),
        "base": reverse("webinars:live", args=[webinar.pk]),
        "bring": reverse("webinars-desk:slides", args=[pk]) if roles.may_write else "",
    }
    response = render(request, "webinars/lanes/shown.html", context)
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "private, no-cache"
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def slides(request: HttpRequest, pk: int) -> HttpResponse:
    """The slides of one hour, for who leads it; showing them, for who writes along as well."""
    webinar, roles = entered(request, pk)
    if not roles.may_write:
        raise Http404
    if request.method != "POST":
        return _page(request, webinar, roles)
    deed = _DEEDS.get(request.POST.get("do", ""))
    if deed is None:
        raise Http404
    try:
        return deed(request, webinar, roles)
    except NotAllowed as error:
        raise Http404 from error
    except NotNow:
        messages.error(request, _("Somebody must look through this slide first."))
    except TooMany:
        messages.error(request, _("There are as many slides as there may be."))
    return _again(webinar)


def _bring(request: HttpRequest, webinar: Webinar, roles: Roles) -> HttpResponse:
    form = SlideFileForm(request.POST, request.FILES)
    if form.is_valid():
        sent, language = form.cleaned_data["file"], form.cleaned_data["language"]
        try:
            made = sliding.bring_in(
                webinar=webinar,
                file=sent.file,
                size=sent.size,
                language=language,
                by=request.user,
                roles=roles,
            )
        except NotSlides as error:
            form.add_error("file", _why_not(error.code))
        except Refused:
            form.add_error("file", _("The words of these slides cannot go out as they are."))
        else:
            words = ngettext(
                "%(n)d slide is there. Please look through it before it is shown.",
                "%(n)d slides are there. Please look through them before they are shown.",
                len(made),
            )
            messages.success(request, words % {"n": len(made)})
            return _again(webinar)
    return _page(request, webinar, roles, file_form=form, status=422)


def _write(request: HttpRequest, webinar: Webinar, roles: Roles) -> HttpResponse:
    form, noticed = SlideWordsForm(request.POST), []
    if form.is_valid():
        try:
            sliding.write(
                webinar=webinar,
                language=webinar.language,
                by=request.user,
                roles=roles,
                insist=bool(request.POST.get("insist")),
                **form.cleaned_data,
            )
        except Noticed as seen:
            given = form.cleaned_data
            content = Content(title=given["title"], body=given["text"])
            noticed = passages_at(seen, content, lambda name: ("", f"#id_{name}"))
        except Refused:
            form.add_error(None, _("These words cannot go out as they are."))
        else:
            messages.success(request, _("The slide is there."))
            return _again(webinar)
    return _page(request, webinar, roles, words_form=form, noticed=noticed, status=422)


def _seen(request: HttpRequest, webinar: Webinar, roles: Roles) -> HttpResponse:
    if not request.POST.get("agreed"):
        messages.error(request, _("Please look at every picture, and tick the box below them."))
        return _again(webinar)
    given = [int(one) for one in request.POST.getlist("slide") if one.isdecimal() and len(one) < 18]
    count = sliding.look_through(webinar=webinar, pks=given, by=request.user, roles=roles)
    words = ngettext("%(n)d slide is ready.", "%(n)d slides are ready.", count)
    messages.success(request, words % {"n": count})
    if count < len(given):
        messages.info(request, _("Some words may point to a person. A host looks at those slides."))
    return _again(webinar)


def _show(request: HttpRequest, webinar: Webinar, roles: Roles) -> HttpResponse:
    sliding.show(slide=_slide(request, webinar), by=request.user, roles=roles)
    back = request.POST.get("back", "")
    if back.startswith(reverse("webinars:live", args=[webinar.pk])):
        return Redirect(back)
    return _again(webinar)


def _away(request: HttpRequest, webinar: Webinar, roles: Roles) -> HttpResponse:
    sliding.take_away(slide=_slide(request, webinar), by=request.user, roles=roles)
    messages.success(request, _("The slide is gone, with its picture."))
    return _again(webinar)


_DEEDS: dict[str, Deed] = {
    "bring": _bring,
    "write": _write,
    "seen": _seen,
    "show": _show,
    "away": _away,
}


def _slide(request: HttpRequest, webinar: Webinar) -> Slide:
    given = request.POST.get("slide", "")
    rows = Slide.objects.filter(webinar_id=webinar.pk)
    found = rows.filter(pk=given).first() if given.isdecimal() and len(given) < 18 else None
    if found is None:
        raise Http404
    return found


def _page(
    request: HttpRequest,
    webinar: Webinar,
    roles: Roles,
    *,
    file_form: SlideFileForm | None = None,
    words_form: SlideWordsForm | None = None,
    noticed: Any = (),
    status: int = 200,
) -> HttpResponse:
    rows = queries.slides(webinar)
    ready = [row for row in rows if row.seen_at is not None]
    shown = max((row for row in ready if row.shown_at), key=lambda row: row.shown_at, default=None)
    at = ready.index(shown) if shown else -1
    context = {
        "webinar": webinar,
        "roles": roles,
        "ready": ready,
        "shown": shown,
        "following": ready[at + 1] if at + 1 < len(ready) else None,
        "former": ready[at - 1] if at > 0 else None,
        "unseen": [(row, may_pass_slide(row, roles)) for row in rows if row.seen_at is None],
        "file_form": file_form or SlideFileForm(initial={"language": webinar.language}),
        "words_form": words_form or SlideWordsForm(),
        "noticed": noticed,
        "base": reverse("webinars:live", args=[webinar.pk]),
    }
    return kept_private(render(request, "webinars/lanes/slides.html", context, status=status))


def _again(webinar: Webinar) -> HttpResponse:
    return Redirect(reverse("webinars-desk:slides", args=[webinar.pk]))


def _why_not(code: str) -> str:
    return {
        "empty": _("There are no slides in this file."),
        "too-large": _("This file is larger than 12 MB. Save it smaller, or send half of it."),
        "too-long": _("There are more than 60 slides in it. Send the ones you will show."),
        "locked": _("This file is locked with a password. Save it without one."),
        "wrong-type": _("This is neither PDF nor PPTX. Save your slides as PDF."),
        "busy": _("Many files are being read just now. Please send it again in a minute."),
        "too-heavy": _("This file is too heavy to be read. Save it as PDF with smaller pictures."),
    }.get(code, _("This file could not be read. Save your slides as PDF and try again."))
