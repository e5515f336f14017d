"""What every page needs around its own words: the ways to go, the languages, the look.
A context processor; called by the template engine alone. It asks the database nothing itself."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, gettext_noop, override

from exchange.core import every_page
from exchange.core.languages import INTERFACE, OWN_NAMES, current, direction

if TYPE_CHECKING:
    from django.http import HttpRequest  # noqa: TID251 - a context processor is given one

# Stands where the compressed size of the page will be written, once it is known.
SIZE_MARK = "~size~"

_MAIN = (
    ("contributions:ask", gettext_noop("Ask")),
    ("contributions:question-list", gettext_noop("Questions")),
    ("contributions:experience-list", gettext_noop("Experiences")),
    ("library:resource-list", gettext_noop("Library")),
    ("webinars:list", gettext_noop("Webinars")),
    ("contributions:notice-list", gettext_noop("Notices")),
    ("discovery:search", gettext_noop("Search")),
)
_MORE = (
    ("contributions:share", gettext_noop("Share what you did")),
    ("contributions:idea-list", gettext_noop("Ideas")),
    ("contributions:discussion-list", gettext_noop("Discussions")),
    ("hubs:spaces", gettext_noop("Hubs")),
    ("pages:about", gettext_noop("About")),
    ("pages:how", gettext_noop("How it works")),
    ("pages:conduct", gettext_noop("Code of conduct")),
    ("pages:safeguarding", gettext_noop("Safeguarding")),
    ("pages:privacy", gettext_noop("Privacy")),
    ("pages:contact", gettext_noop("Contact")),
    ("safeguarding:report-general", gettext_noop("Report a concern")),
)
_OTHERS = (
    ("home", "pages:home"),
    ("help_now", "pages:help-now"),
    ("ask", "contributions:ask"),
    ("share", "contributions:share"),
    ("search", "discovery:search"),
    ("library", "library:resource-list"),
    ("questions", "contributions:question-list"),
    ("experiences", "contributions:experience-list"),
    ("notices", "contributions:notice-list"),
    ("webinars", "webinars:list"),
    ("sign_in", "account_login"),
    ("join", "account_signup"),
    ("me", "members:me"),
    ("desk", "desk:morning"),
)


@dataclass(frozen=True)
class Way:
    """One link of the shell."""

    url: str
    label: str


@dataclass(frozen=True)
class Tongue:
    """The same page in one of the six languages."""

    code: str
    name: str
    url: str
    is_current: bool


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context of every page."""
    language = current()
    path = _without_language(request.path)
    query = request.META.get("QUERY_STRING", "") if request.method == "GET" else ""
    return {
        "language": language,
        "direction": direction(language),
        "style": style(),
        "script": script_address(),
        "site_name": settings.SITE_NAME,
        "base_url": settings.BASE_URL,
        "here": _address(language, path),
        "section": _section(language, path),
        "tongues": tongues(language, path, query),
        "alternates": tongues(language, path),
        "ways": ways(language, _MAIN),
        "more_ways": ways(language, _MORE),
        "links": links(language),
        "size_mark": SIZE_MARK,
        "beside": every_page.told(path),
    }


def tongues(language: str, path: str, query: str = "") -> list[Tongue]:
    """Links to the same page in each language. English has no prefix."""
    tail = f"?{query}" if query else ""
    return [
        Tongue(code, OWN_NAMES[code], _address(code, path) + tail, code == language)
        for code in INTERFACE
    ]


@lru_cache(maxsize=32)
def ways(language: str, names: tuple[tuple[str, str], ...]) -> tuple[Way, ...]:
    """Places a visitor can go to, in their language."""
    with override(language):
        return tuple(Way(reverse(name), gettext(label)) for name, label in names)


@lru_cache(maxsize=16)
def links(language: str) -> dict[str, str]:
    """Addresses that many pages point to, by a short name."""
    with override(language):
        return {short: reverse(name) for short, name in _OTHERS}


@lru_cache(maxsize=1)
def style() -> SafeString:
    """The style sheet with exactly the bytes whose hash the security policy allows."""
    return mark_safe(settings.STYLE)


@lru_cache(maxsize=1)
def script_address() -> str:
    """The script's address with a mark of its content, so that a change is fetched at once."""
    script = Path(__file__).parent / "static" / "exchange.js"
    mark = hashlib.sha256(script.read_bytes()).hexdigest()[:8]
    return f"{settings.STATIC_URL}exchange.js?{mark}"


def _address(code: str, path: str) -> str:
    return path if code == settings.LANGUAGE_CODE else f"/{code}{path}"


def _section(language: str, path: str) -> str:
    """The address of the room a page is in: /fr/questions/ for /fr/questions/7-…/."""
    first = path[1:].partition("/")[0]
    return _address(language, f"/{first}/" if first else "/")


def _without_language(path: str) -> str:
    first, _slash, rest = path[1:].partition("/")
    return f"/{rest}" if first in INTERFACE and first != settings.LANGUAGE_CODE else path
