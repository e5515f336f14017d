"""The doors of this room: results, suggestions, what is near, and the words search knows.
Loaded by apps.py; opened by the test of every door."""

from urllib.parse import quote

from django.urls import reverse

from exchange.core import doors
from exchange.discovery import spelling
from exchange.discovery.models import Neighbour, SearchEntry, Vocabulary
from exchange.discovery.oai import reading
from exchange.discovery.oai.formats import FORMATS


def _asked(name: str, words: str, by: str = "q") -> str:
    return f"{reverse(name)}?{by}={quote(words)}"


def _known_words(marked: doors.Marked) -> str:
    """What a typing error is taken for, and the rows behind it: a word that only a withdrawn text
    had is in none."""
    near = spelling.nearest([marked.word[:-1]]).values()
    known = Vocabulary.objects.filter(word=marked.word).values_list("word", flat=True)
    beside = Neighbour.objects.filter(spelling=marked.word[1:]).values_list("word", flat=True)
    return " ".join([*near, *known, *beside])


def _in_the_index(marked: doors.Marked) -> str:
    return marked.word if SearchEntry.objects.filter(pk=marked.pk).exists() else ""


doors.by_page(
    "search results",
    pages=lambda marked: [_asked("discovery:search", marked.companion)],
    routes=["discovery:search"],
)
doors.by_page(
    "did you mean",
    pages=lambda marked: [_asked("discovery:search", f"{marked.word[:-1]}x")],
    routes=["discovery:search"],
)
doors.by_page(
    "how a search may go on",
    pages=lambda marked: [_asked("discovery:suggest", marked.word[:6])],
    routes=["discovery:suggest"],
)
doors.by_page(
    "what is here already",
    pages=lambda marked: [_asked("discovery:similar", f"{marked.word} {marked.companion}", "text")],
    routes=["discovery:similar"],
)
doors.by_page(
    "what harvesters are given",
    pages=lambda marked: [
        f"{reverse('oai')}?verb=GetRecord&metadataPrefix={prefix}"
        f"&identifier=oai:{reading.domain()}:{marked.kind}/{marked.pk}"
        for prefix in FORMATS
    ],
    routes=["oai"],
    kinds=["resource"],
)
doors.by_hand("words search knows", reads=_known_words, consumers=["discovery.index"])
doors.by_hand("entry of the index", reads=_in_the_index)
