"""What every request passes: kept pages, compression, limits on input, words kept on refusal.
Named in settings; called by Django alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qsl

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.utils.cache import patch_vary_headers

from exchange.core import freshness, onlookers, packing, trouble, uploads
from exchange.core.page_cache import Kept, etag_of, shelf
from exchange.core.shell import SIZE_MARK

Answer = Callable[[HttpRequest], HttpResponseBase]


class PageCacheMiddleware:
    """Visitors without a session are answered from memory while nothing public has changed.
    It stands first, so that what is kept is the finished, compressed answer."""

    _TYPES = ("text/html", "application/xml", "application/atom+xml", "application/rss+xml")

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD") or not self._is_anonymous(request):
            return self._private(self.get_response(request))
        key, stamp = self._key(request), freshness.stamp()
        kept = shelf.get(key, stamp)
        if kept is not None:
            return self._again(request, kept)
        response = self.get_response(request)
        if (
            isinstance(response, HttpResponse)
            and request.method == "GET"
            and self._may_keep(response)
        ):
            return self._first(request, response, key, stamp)
        return self._private(response)

    def _first(
        self, request: HttpRequest, response: HttpResponse, key: str, stamp: int
    ) -> HttpResponseBase:
        """Keep an answer, as it stood when the stamp was read before it was made."""
        etag = etag_of(response.content)
        response.headers["ETag"] = etag
        response.headers["Vary"] = "Accept-Encoding, Cookie"
        response.headers.setdefault("Cache-Control", "no-cache")
        headers = tuple(response.headers.items())
        shelf.put(key, response.content, headers, stamp)
        if self._has(request, etag):
            return self._not_modified(headers)
        return response

    def _again(self, request: HttpRequest, kept: Kept) -> HttpResponseBase:
        if self._has(request, kept.etag):
            return self._not_modified(kept.headers)
        response = HttpResponse(kept.body)
        response.headers._store = {name.lower(): (name, value) for name, value in kept.headers}
        return response

    @staticmethod
    def _not_modified(headers: tuple[tuple[str, str], ...]) -> HttpResponseBase:
        response = HttpResponseNotModified()
        for name, value in headers:
            if name in ("ETag", "Vary", "Cache-Control", onlookers.HEADER):
                response.headers[name] = value
        return response

    @staticmethod
    def _has(request: HttpRequest, etag: str) -> bool:
        return etag.strip('"') in request.META.get("HTTP_IF_NONE_MATCH", "")

    @staticmethod
    def _is_anonymous(request: HttpRequest) -> bool:
        """No cookie that could change a page: neither a session nor anything a room may set."""
        if not request.META.get("HTTP_COOKIE"):
            return True
        harmless = {settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME}
        return harmless.issuperset(request.COOKIES)

    @staticmethod
    def _key(request: HttpRequest) -> str:
        meta = request.META
        gzip = "gzip" in meta.get("HTTP_ACCEPT_ENCODING", "")
        scheme = meta.get("HTTP_X_FORWARDED_PROTO", "")
        return f"{gzip} {scheme} {meta.get('HTTP_HOST')} {request.get_full_path()}"

    def _may_keep(self, response: HttpResponse) -> bool:
        said = response.headers.get("Cache-Control", "")
        return (
            response.status_code == 200
            and not response.cookies
            and "private" not in said
            and "no-store" not in said
            and response.headers.get("Content-Type", "").startswith(self._TYPES)
        )

    @staticmethod
    def _private(response: HttpResponseBase) -> HttpResponseBase:
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response


class LightGZipMiddleware:
    """Compresses what is text, and writes into a page how much of the reader's data it used."""

    _TYPES = re.compile(r"text/|image/svg|application/([\w.+-]+\+)?(json|xml|javascript)")
    _SMALL_FILE = 100_000

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not self._TYPES.match(response.headers.get("Content-Type", "")):
            return response
        if "no-transform" in response.headers.get("Cache-Control", ""):
            return response  # a file people take away, in parts too: its mark is that of its bytes
        patch_vary_headers(response, ("Accept-Encoding",))
        whole = self._gathered(response) if response.streaming else response
        if isinstance(whole, HttpResponse) and not whole.has_header("Content-Encoding"):
            return self._light(request, whole)
        return whole

    def _light(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        mark = SIZE_MARK.encode()
        around = 80 + sum(len(k) + len(v) + 4 for k, v in response.headers.items())
        takes_gzip = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
        if takes_gzip and len(response.content) > 300:
            noisy = settings.SESSION_COOKIE_NAME in request.COOKIES
            response.content = packing.packed(
                response.content, mark=mark, around=around, noisy=noisy
            )
            response.headers["Content-Encoding"] = "gzip"
            etag = response.headers.get("ETag", "")
            if etag.startswith('"'):
                response.headers["ETag"] = f"W/{etag}"
        elif response.headers["Content-Type"].startswith("text/html"):
            response.content = packing.plain(response.content, mark=mark, around=around)
        if response.has_header("Content-Length"):
            response.headers["Content-Length"] = str(len(response.content))
        return response

    def _gathered(self, response: HttpResponseBase) -> HttpResponseBase:
        """A small file as one piece, so that our own script is compressed like a page."""
        size = response.headers.get("Content-Length", "")
        if response.status_code != 200 or not size.isdecimal() or int(size) > self._SMALL_FILE:
            return response
        whole = HttpResponse(response.getvalue(), headers=dict(response.headers.items()))
        whole.cookies.update(response.cookies)
        response.close()
        return whole


class InputLimitsMiddleware:
    """Turns away what no form of ours sends, in kind words, before it can break anything."""

    LONGEST_ADDRESS = 8_192
    LONGEST_KEPT = 2_000_000
    _UNPRINTABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
    _NUL = re.compile(r"%00|\x00")

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        query = request.META.get("QUERY_STRING", "")
        if len(query) + len(request.path_info) > self.LONGEST_ADDRESS:
            return trouble.page(request, 414)
        if self._UNPRINTABLE.search(request.path_info) or query.count("&") > 300:
            return trouble.page(request, 400)
        if self._NUL.search(query):
            request.META["QUERY_STRING"] = self._NUL.sub("", query)
        if self._length(request) > self._most(request):
            return self._too_large(request)
        for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME):
            if self._UNPRINTABLE.search(request.COOKIES.get(name, "")):
                del request.COOKIES[name]
        return self.get_response(request)

    def _too_large(self, request: HttpRequest) -> HttpResponseBase:
        """Give the words back where they came from one of our own forms, to be shortened."""
        fields: list[trouble.KeptField] = []
        token = ""
        is_form = request.content_type == "application/x-www-form-urlencoded"
        if (
            is_form
            and self._length(request) <= self.LONGEST_KEPT
            and trouble.comes_from_here(request)
        ):
            body = request.read(self._length(request)).decode("ascii", "replace")
            pairs = parse_qsl(body, keep_blank_values=True)[:300]
            fields = trouble.kept_fields(pairs)
            token = dict(pairs).get("csrfmiddlewaretoken", "")
        takes_files = settings.FILE_ADDRESSES.fullmatch(request.path_info)
        context = {
            "fields": fields,
            "token": token,
            "action": request.get_full_path(),
            "takes_files": takes_files,
            "for_library": takes_files and settings.LIBRARY_ADDRESSES.match(request.path_info),
            "most": settings.LARGEST_LIBRARY_FILE // 1_000_000,
        }
        return trouble.page(request, 413, context)

    @staticmethod
    def _most(request: HttpRequest) -> int:
        """Files are sent only to the few addresses that take them, and stream to disk there."""
        takes_files = (
            request.content_type == "multipart/form-data"
            and settings.FILE_ADDRESSES.fullmatch(request.path_info)
        )
        if settings.ANYMAIL_SERVICE and settings.HOOK_ADDRESSES.fullmatch(request.path_info):
            return int(settings.LARGEST_HOOK)
        most: int = settings.LARGEST_WORDS
        return uploads.largest_form(request) if takes_files else most

    @staticmethod
    def _length(request: HttpRequest) -> int:
        given = request.META.get("CONTENT_LENGTH") or "0"
        return int(given) if given.isascii() and given.isdecimal() else 0


class KeptTextCsrfMiddleware(CsrfViewMiddleware):
    """A form refused for its stale token comes back with everything that was typed, ready to be
    sent again; but only to a browser that says the form was ours."""

    def process_view(self, request, callback, callback_args, callback_kwargs):  # type: ignore[no-untyped-def]
        """Let pass, or answer with the words kept."""
        refused = super().process_view(request, callback, callback_args, callback_kwargs)
        if refused is None or not trouble.wants_page(request):
            return refused
        site = request.headers.get("Sec-Fetch-Site")
        ours = trouble.comes_from_here(request)
        fields = trouble.kept_fields(
            (name, value) for name, values in request.POST.lists() for value in values
        )
        context = {
            "fields": fields if ours or site in (None, "none") else [],
            "token": get_token(request) if ours else "",
            "action": request.get_full_path(),
            "had_files": bool(request.FILES),
        }
        return trouble.page(request, 403, {"kept": True, **context})
