"""What servers of the fediverse ask: who we are, what we published; and their inbox.
Called by urls alone. JSON and pages have addresses of their own, so no cache mixes them."""

import json

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from exchange.announcing.fediverse import inbox, papers, queries
from exchange.announcing.fediverse.papers import Account
from exchange.announcing.fediverse.proof import Request
from exchange.announcing.models import Actor, Announcement
from exchange.announcing.rules import host_of
from exchange.core.time import now

JRD = "application/jrd+json"
_TAKES = ("application/activity+json", "application/ld+json", "application/json")


@require_safe
def webfinger(request: HttpRequest) -> HttpResponse:
    """RFC 7033: from "acct:handle@host", or from one of our addresses, to the account."""
    account, _row = _account()
    asked = request.GET.get("resource", "")
    if not asked:
        return _json({"error": "resource is missing"}, status=400)
    if asked.startswith("acct:"):
        known = asked.lower().removeprefix("acct:").lstrip("@") == account.address[1:].lower()
    else:
        known = asked in (account.id, account.id.rstrip("/"), account.base, f"{account.base}/")
    if not known or not host_of(account.id):
        raise Http404
    return _json(papers.webfinger(account), media_type=JRD)


@require_safe
def host_meta(request: HttpRequest) -> HttpResponse:
    account, _row = _account()
    answer = HttpResponse(
        papers.host_meta(account.base), content_type="application/xrd+xml; charset=utf-8"
    )
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


@require_safe
def nodeinfo_links(request: HttpRequest) -> HttpResponse:
    account, _row = _account()
    return _json(papers.nodeinfo_links(account.base), media_type="application/json")


@require_safe
def nodeinfo(request: HttpRequest, version: str) -> HttpResponse:
    _account()
    if version not in papers.NODEINFO:
        raise Http404
    kind = (
        'application/json; profile="http://nodeinfo.diaspora.software/ns/schema/' + f'{version}#"'
    )
    return _json(papers.nodeinfo(version, posts=queries.outbox_count()), media_type=kind)


@require_safe
def actor(request: HttpRequest, handle: str) -> HttpResponse:
    """The account; a browser is led to the site."""
    account, row = _account(handle)
    if _wants_page(request):
        return _elsewhere("/")
    picture = account.base + reverse("webinar-podcast-art")
    return _json(
        papers.actor(
            account,
            name=row.name,
            summary=row.summary,
            public_pem=row.public_key,
            picture=picture,
            since=row.at,
        )
    )


@require_safe
def outbox(request: HttpRequest, handle: str) -> HttpResponse:
    account, _row = _account(handle)
    asked = request.GET.get("page", "")
    if not asked:
        head = papers.collection(account, account.outbox, count=queries.outbox_count())
        return _json(head)
    if not (asked.isascii() and asked.isdecimal() and 0 < len(asked) < 7 and int(asked)):
        raise Http404
    found, has_more = queries.outbox_page(int(asked))
    return _json(papers.page(account, found, number=int(asked), has_more=has_more))


@require_safe
def followers(request: HttpRequest, handle: str) -> HttpResponse:
    """How many, never who."""
    account, _row = _account(handle)
    count = queries.follower_count()
    return _json(papers.collection(account, account.followers, count=count))


@require_safe
def item(request: HttpRequest, key: str) -> HttpResponse:
    """One publication; a browser is led to its page. What was taken back is 410, as a tombstone."""
    account, _row = _account()
    found = queries.item(key)
    if found is None:
        raise Http404
    row, told = found
    if told is None:
        gone_at = row.gone_at or now()
        paper = papers.tombstone(account, key=row.key, gone_at=gone_at)
        return _json(paper, status=410)
    if _wants_page(request):
        return _elsewhere(told.address)
    return _json({"@context": papers.CONTEXT, **papers.note(account, told)})


@require_safe
def item_of(request: HttpRequest, pk: int) -> HttpResponse:
    """From a page to its publication: pages link here without asking what it is called."""
    account, _row = _account()
    row = Announcement.objects.filter(contribution_id=pk, gone_at=None).first()
    if row is None or queries.item(row.key)[1] is None:
        raise Http404
    return _elsewhere(account.item(row.key))


@csrf_exempt
@require_http_methods(["POST"])
def take_in(request: HttpRequest, handle: str) -> HttpResponse:
    """Other servers write here; every request is signed, or refused."""
    _ours, row = _account(handle)
    try:
        body = _body(request)
        headers = {name.lower(): value for name, value in request.headers.items()}
        given = Request("POST", request.get_full_path(), headers, body)
        return HttpResponse(status=inbox.take(given, row))
    except inbox.Refused as refused:
        answer = _json({"error": refused.code}, status=refused.status)
        if refused.status in (429, 503):
            answer["Retry-After"] = "60"
        return answer


def _body(request: HttpRequest) -> bytes:
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdecimal()) or int(length) > inbox.LARGEST:
        raise inbox.Refused(413, "too-large")
    if not (request.content_type or "").lower().startswith(_TAKES):
        raise inbox.Refused(415, "no-json")
    body = request.read(inbox.LARGEST + 1)
    if len(body) > inbox.LARGEST:
        raise inbox.Refused(413, "too-large")
    return body


def _account(handle: str | None = None) -> tuple[Account, Actor]:
    """The one account, while it is switched on."""
    row = queries.actor()
    if row is None or (handle is not None and handle != row.handle):
        raise Http404
    return queries.account_of(row), row


def _wants_page(request: HttpRequest) -> bool:
    accepts = request.headers.get("Accept", "")
    return "text/html" in accepts and "json" not in accepts


def _elsewhere(address: str) -> HttpResponse:
    answer = HttpResponseRedirect(address)
    answer["Vary"] = "Accept"
    return answer


def _json(paper: dict, *, status: int = 200, media_type: str = papers.MEDIA_TYPE) -> HttpResponse:
    answer = HttpResponse(
        json.dumps(paper, ensure_ascii=False), content_type=media_type, status=status
    )
    answer["Vary"] = "Accept"
    answer["Access-Control-Allow-Origin"] = "*"
    return answer
