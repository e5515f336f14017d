"""Templates: every word can be translated, nothing runs inside a page, nothing unsafe goes out.
Run by pytest alone."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.house.tree import REAL, Tree, line_of, plant

# Names and codes that are the same in every language.
SAME_EVERYWHERE = {"rel", "next", "prev", "kB", "MB", "UTC", "CSV", "RIS", "BibTeX", "PDF"}
SPOKEN_ATTRIBUTES = {"title", "alt", "placeholder", "aria-label", "value", "content", "label"}
# <meta content> and hidden values hold codes; words in them are longer than this.
UNSPOKEN = {"meta", "input", "button", "option", "data", "link"}

COMMENTS = re.compile(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|<!--.*?-->", re.DOTALL)
TRANSLATED = re.compile(
    r"{%\s*blocktrans(?:late)?\b.*?%}.*?{%\s*endblocktrans(?:late)?\s*%}", re.DOTALL
)
TAGS = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
WORD = re.compile(r"[^\W\d_]{2,}")
ENTITY = re.compile(r"&#?\w+;")


def _blank(found: re.Match[str]) -> str:
    """Nothing but its line ends, so that lines keep their numbers."""
    return "\n" * found[0].count("\n")


class Bare(HTMLParser):
    """Collects words a reader would see that no translator would."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[tuple[int, str]] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style", "svg"):
            self.silent += 1
        for name, value in attrs:
            spoken = name in SPOKEN_ATTRIBUTES
            if spoken and not (tag in UNSPOKEN and name in ("value", "content", "label")):
                self._look(value or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style", "svg"):
            self.silent = max(0, self.silent - 1)

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self._look(data)

    def _look(self, words: str) -> None:
        for word in WORD.findall(ENTITY.sub(" ", words)):
            if word not in SAME_EVERYWHERE:
                self.found.append((self.getpos()[0], word))


def bare_words(text: str) -> list[tuple[int, str]]:
    """(line, word) for every word outside the translation tags."""
    for pattern in (COMMENTS, TRANSLATED, TAGS):
        text = pattern.sub(_blank, text)
    reader = Bare()
    reader.feed(text)
    reader.close()
    return reader.found


def pages(tree: Tree) -> Iterator[tuple[str, str]]:
    for _room, path in tree.templates():
        if path.suffix == ".html":
            yield tree.short(path), path.read_text(encoding="utf-8")


def untranslated(tree: Tree) -> list[str]:
    return [
        f"{name}:{line} {word}" for name, text in pages(tree) for line, word in bare_words(text)
    ]


def test_every_word_of_every_template_can_be_translated():
    assert untranslated(REAL) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('<p>{% translate "Hello" %} {{ name }}</p>', []),
        ("{% blocktranslate trimmed %}Read\nthis{% endblocktranslate %}", []),
        ("{# a note #}<svg><title>House</title></svg>&nbsp;&middot; 12 kB", []),
        ('<input name="what" value="publish"><meta name="robots" content="noindex">', []),
        ("<p>\nHello</p>", ["Hello"]),
        ("<p>{{ n }} answers</p>", ["answers"]),
        ('<img alt="A house">', ["house"]),
        ('<a aria-label="Close">×</a>', ["Close"]),
        ("{% if a %}yes{% endif %}", ["yes"]),
    ],
)
def test_a_bare_word_is_noticed_and_a_translated_one_is_not(text: str, words: list[str]):
    assert [word for _line, word in bare_words(text)] == words


INSIDE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    # Data for catalogues is no script: a browser runs nothing of that type.
    "a script": re.compile(
        r"<script(?![^>]*\ssrc=)(?! type=\"application/ld\+json\">)[^>]*>", re.IGNORECASE
    ),
    "a style sheet": re.compile(r"<style\b(?!>{{ style }}</style>)", re.IGNORECASE),
    "a javascript: link": re.compile(r"javascript:", re.IGNORECASE),
    "a foreign address": re.compile(r"(?:src|srcset)\s*=\s*[\"']?(?:https?:)?//", re.IGNORECASE),
}
UNSAFE = re.compile(r"{{[^}]*\|\s*(?:safe|safeseq)\b|{%\s*autoescape\s+off")


def _as_it_was(found: re.Match[str]) -> str:
    """Template tags hide from the patterns (`one < step` is no markup); what core prints stays."""
    return found[0] if found[0] == "{{ style }}" else _blank(found)


def inside_the_page(tree: Tree) -> list[str]:
    faults = []
    for name, text in pages(tree):
        text = TAGS.sub(_as_it_was, COMMENTS.sub(_blank, text))
        faults += [
            f"{name}:{line_of(text, found.start())} {what}"
            for what, pattern in INSIDE.items()
            for found in pattern.finditer(text)
        ]
    return faults


def unsafe(tree: Tree) -> list[str]:
    """Markup let out unescaped; core alone may make text into HTML."""
    return [
        f"{name}:{line_of(text, found.start())}"
        for name, text in pages(tree)
        if not name.startswith("core/")
        for found in UNSAFE.finditer(text)
    ]


def test_no_style_script_or_handler_stands_inside_a_page():
    assert inside_the_page(REAL) == []


def test_only_core_makes_text_into_html():
    assert unsafe(REAL) == []


def test_what_would_run_or_leak_inside_a_page_is_noticed(tmp_path: Path):
    tree = plant(
        tmp_path,
        {
            "src/exchange/desk/templates/desk/bad.html": (
                '<p style="color:red">{{ words|safe }}</p>\n'
                '<a href="javascript:go()" onclick="go()">x</a>\n'
                "<script>go()</script><style>p{}</style>\n"
                '<img src="https://elsewhere.example/x.png">\n'
                '<script src="/static/x.js"></script><style>{{ style }}</style>{{ a|safe_name }}\n'
                '<script type="application/ld+json">{{ a }}</script>'
            ),
            "src/exchange/core/templates/base.html": "{{ style|safe }}",
        },
    )

    assert sorted(inside_the_page(tree)) == [
        "desk/templates/desk/bad.html:1 a style attribute",
        "desk/templates/desk/bad.html:2 a handler",
        "desk/templates/desk/bad.html:2 a javascript: link",
        "desk/templates/desk/bad.html:3 a script",
        "desk/templates/desk/bad.html:3 a style sheet",
        "desk/templates/desk/bad.html:4 a foreign address",
    ]
    assert unsafe(tree) == ["desk/templates/desk/bad.html:1"]
