"""Pages for when something is not as it should be: said kindly, with what to do next.
Called by middleware and by the handlers of pages; needs no database unless told it is sound."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.template.loader import get_template
from django.template.response import SimpleTemplateResponse
from django.utils.translation import get_language_from_path, override

from exchange.core.shell import shell

if TYPE_CHECKING:
    from django.http import HttpRequest  # noqa: TID251 - the type alone

# Never shown again on a page: what a person proves themselves with.
_SECRET = re.compile(r"pass(word|phrase|key)|^(code|otp|pin|token|credential|csrfmiddlewaretoken)$")
_LONG = 60


@dataclass(frozen=True)
class KeptField:
    """One thing a person typed into a form that could not be taken."""

    name: str
    value: str

    @property
    def is_long(self) -> bool:
        return len(self.value) > _LONG or "\n" in self.value


def page(
    request: HttpRequest,
    status: int,
    context: dict[str, Any] | None = None,
    *,
    sound: bool = False,
    name: str = "",
) -> SimpleTemplateResponse:
    """A rendered page from <status>.html, or from the one that is named. A sound one may ask who is signed in; the others are
    made without the database. The language is the address's own."""
    with override(get_language_from_path(request.path_info) or "en"):
        values = {"status": status, "size_mark": "", **(context or {})}
        template = get_template(f"{name or status}.html")
        if sound:
            body = template.render(values, request)
        else:
            body = template.render({**shell(request), **values})
    response = SimpleTemplateResponse("", status=status)
    response.content = body
    response.headers["Cache-Control"] = "no-store"
    return response


def kept_fields(pairs: Iterable[tuple[str, str]]) -> list[KeptField]:
    """What was typed, without anything secret."""
    return [KeptField(name, value) for name, value in pairs if not _SECRET.search(name.lower())]


def comes_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that one of our own pages sent this. Silence is a no."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site == "same-origin"
    source = request.headers.get("Origin") or request.headers.get("Referer") or ""
    try:
        return bool(source) and urlsplit(source).netloc == request.META.get("HTTP_HOST")
    except ValueError:
        return False


def wants_page(request: HttpRequest) -> bool:
    """Whether a person looks at the answer, and not a script."""
    mode = request.headers.get("Sec-Fetch-Mode")
    return mode == "navigate" if mode else "text/html" in request.headers.get("Accept", "")
