"""What came of opening an address, in one word; and whatever stands in the answer.
Called by the tests of access alone."""

from __future__ import annotations

import html
import re
from urllib.parse import unquote

from django.http import HttpResponseBase
from django.test import Client

_SHUT = {404: "nothing", 405: "post", 403: "refused", 410: "gone"}


def open_at(client: Client, path: str) -> HttpResponseBase:
    """The answer; led on to the right form of the same address, the answer there."""
    answer = client.get(path)
    to = answer.headers.get("Location", "")
    if answer.status_code in (301, 302) and _is_same(path, unquote(to)):
        return client.get(to)
    return answer


def _is_same(path: str, to: str) -> bool:
    """Whether it leads to the same object by its full address: slug or file's name put right."""
    begins = re.split(r"-x/|x\.txt$", path)[0]
    return begins != path and to.startswith(begins) and to != path


def came(answer: HttpResponseBase) -> str:
    status = answer.status_code
    if status in (301, 302, 303):
        return _led(answer.headers["Location"])
    return "opens" if status == 200 else _SHUT.get(status, str(status))


def _led(to: str) -> str:
    if to.startswith("/sign-in/?"):
        return "sign in"
    if to.startswith(("/me/security/why/", "/me/security/again/")):
        return "second factor"
    return "elsewhere"


def words_of(answer: HttpResponseBase, path: str) -> str:
    """The body and where it leads, as somebody could read them; but for the address asked for."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    whole = answer.headers.get("Location", "") + body.decode("utf-8", errors="replace")
    return unquote(html.unescape(whole)).replace(unquote(path), "")
