"""The front pages: home, the Exchange's own texts, help now, topics, countries, people, and the
files of the shell. Called through pages.urls alone."""

import json
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from exchange.contributions.cards import cards
from exchange.core import languages, trouble
from exchange.core.time import now
from exchange.ledger.queries import health as ledger_health
from exchange.members.models import Member
from exchange.members.queries import shown
from exchange.pages import queries, texts
from exchange.safeguarding import helplines
from exchange.taxonomy import vocabulary
from exchange.webinars.planning.queries import presented_by
from exchange.webinars.planning.showing import webinar_cards

STATIC = Path(__file__).parents[1] / "starter"


@require_safe
def home(request):
    some_topics = vocabulary.terms("topic")[:8]
    return render(request, "pages/home.html", {"shown": queries.home(), "topics": some_topics})


@require_safe
def text(request, name):
    return render(request, "pages/text.html", {"text": texts.read(name, languages.current())})


@require_safe
def how(request):
    shown = texts.read("how_it_works", languages.current())
    return render(request, "pages/how.html", {"text": shown})


@require_safe
def help_now(request):
    return render(request, "pages/help_now.html", {"helplines": helplines.shown()})


@require_safe
def topics(request):
    groups = [
        (group, [topic for topic in vocabulary.terms("topic") if topic.group == group.slug])
        for group in vocabulary.terms("topic-group")
    ]
    return render(request, "pages/topics.html", {"groups": groups})


@require_safe
def topic(request, slug):
    word = vocabulary.term(f"topic:{slug}")
    if word is None:
        raise Http404
    context = {"title": word.label, "lead": word.help, "narrowing": f"topic={slug}"}
    return _place(request, word, {**context, "place_kind": "topic", "place_value": slug})


@require_safe
def country(request, code):
    word = vocabulary.term(f"country:{code.upper()}")
    if word is None:
        raise Http404
    if code != code.lower():
        return redirect("pages:country", code=code.lower(), permanent=True)
    line = helplines.of_country(word.slug)
    context = {"title": word.label, "narrowing": f"country={word.slug}", "helpline": line}
    return _place(request, word, {**context, "place_kind": "country", "place_value": code})


def _place(request, word, context):
    """A page of what a term places, each part with the way to the whole list."""
    names = {
        "question": (_("Questions"), "contributions:question-list"),
        "brief": (_("In short"), "briefings:briefs"),
        "experience": (_("What people did"), "contributions:experience-list"),
        "resource": (_("In the library"), "library:resource-list"),
        "webinar": (_("Webinars"), ""),
        "idea": (_("Ideas, discussions and notices"), ""),
    }
    parts = []
    for group in queries.of_term(word.key):
        if group.kind in ("brief", "webinar") and not group.cards:
            continue
        title, listing = names[group.kind]
        more = f"{reverse(listing)}?{context['narrowing']}" if listing else ""
        parts.append((title, more, group))
    return render(request, "pages/place.html", {**context, "parts": parts})


@require_safe
def profile(request, pk):
    member = get_object_or_404(Member.objects.active(), pk=pk)
    page = queries.shared_by(
        member,
        request.user,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    context = {
        "person": member,
        "shown": shown(member, request.user),
        "is_me": member.pk == request.user.pk,
        "page": page,
        "cards": cards(page.rows, with_kind=True),
        "speaks": webinar_cards(presented_by(member), with_excerpt=False),
    }
    return render(request, "pages/profile.html", context)


@require_safe
def offline(request):
    return render(request, "pages/offline.html")


@require_safe
def manifest(request):
    told = {
        "name": settings.SITE_NAME,
        "short_name": settings.SITE_NAME,
        "start_url": "/",
        "display": "minimal-ui",
        "background_color": "#fbf7f0",
        "theme_color": "#0b5c55",
        "icons": [{"src": "/mark.svg", "sizes": "any", "type": "image/svg+xml"}],
    }
    return HttpResponse(json.dumps(told), content_type="application/manifest+json")


@require_safe
def shell_file(request, name, content_type):
    """A small file of our own that must stand at the root: the mark, the service worker."""
    response = HttpResponse((STATIC / name).read_bytes(), content_type=content_type)
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


@require_safe
@never_cache
def alive(request):
    """The process answers; nothing else is asked."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def ready(request):
    """Whether people can be served: the database answers and is up to date. The worker is told
    as well, but pages do not wait for it."""
    try:
        executor = MigrationExecutor(connection)
        migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        worker = ledger_health(now()).worker_alive if migrated else False
    except DatabaseError:
        return JsonResponse({"database": False}, status=503)
    told = {"database": True, "migrated": migrated, "worker": worker}
    return JsonResponse(told, status=200 if migrated else 503)


def bad_request(request, exception=None):
    return trouble.page(request, 400)


def not_allowed(request, exception=None):
    return trouble.page(request, 403, sound=True)


def not_found(request, exception=None):
    return trouble.page(request, 404, sound=True)


def broken(request):
    return trouble.page(request, 500)
