"""Every address has a name and an owner in docs/HOUSE.md, and every name that is used exists.
Run by pytest alone."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.urls import URLPattern, get_resolver
from django.urls.resolvers import LocalePrefixPattern, URLResolver

from exchange.writing.openings import OPEN
from tests.house.tree import HERE, REAL, Tree, line_of, plant

USED_IN_TEMPLATES = re.compile(r"{%\s*url\s+[\"']([^\"']+)[\"']")
USED_IN_PYTHON = re.compile(
    r"(?:\b(?:reverse|redirect|_reversed)\(\s*|\b(?:page|listing)=)[\"']([a-z_:-]+)[\"']"
)


def routes(
    resolver: URLResolver, prefix: str = "", space: str = ""
) -> Iterator[tuple[str, str, URLPattern]]:
    """(path, name with its namespace, pattern) of every route."""
    for pattern in resolver.url_patterns:
        is_language = isinstance(pattern.pattern, LocalePrefixPattern)
        path = prefix if is_language else prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from routes(pattern, path, inner)
        else:
            yield path, f"{space}{pattern.name}" if pattern.name else "", pattern


def owner(pattern: URLPattern) -> str:
    """The room behind a route; pages of the sign-in library belong to members."""
    module = pattern.callback.__module__.split(".")
    return module[1] if module[0] == "exchange" else "members"


def listed(page: str) -> set[tuple[str, str]]:
    """(room, first part) pairs of the table in HOUSE.md."""
    table = page.split("| room | addresses |")[1]
    rows = re.findall(r"^\| (\w+) \| (.*) \|$", table, re.MULTILINE)
    return {(room, part) for room, words in rows for part in re.findall(r"`(/[^`]*)`", words)}


def first_part(path: str) -> str:
    head, slash, _rest = path.partition("/")
    return f"/{head}{slash}"


def test_every_address_is_listed_with_its_room():
    served = {(owner(pattern), first_part(path)) for path, _name, pattern in routes(get_resolver())}

    assert listed((HERE / "docs" / "HOUSE.md").read_text()) == served


def test_every_page_has_a_name():
    pages = [(path, name) for path, name, _pattern in routes(get_resolver()) if path.endswith("/")]

    assert len(pages) > 40
    assert [path for path, name in pages if not name] == []


def unknown_names(tree: Tree, known: set[str]) -> list[str]:
    faults = []
    texts = [(path, USED_IN_TEMPLATES) for _room, path in tree.templates()]
    texts += [(module.path, USED_IN_PYTHON) for module in tree.modules("src")]
    for path, used in texts:
        text = path.read_text(encoding="utf-8")
        faults += [
            f"{tree.short(path)}:{line_of(text, found.start())} {found[1]}"
            for found in used.finditer(text)
            if found[1] not in known
        ]
    return faults


def test_every_name_of_an_address_that_is_used_exists():
    known = {name for _path, name, _pattern in routes(get_resolver())}

    assert len(known) > 40
    # The editor's are known in its own process; tests/writing sees that they are there.
    assert unknown_names(REAL, known | OPEN) == []


def test_a_name_nobody_gave_is_noticed(tmp_path: Path):
    tree = plant(
        tmp_path,
        {
            "src/exchange/desk/templates/desk/log.html": 'x\n{% url "desk:lgo" %}{% url "desk:log" %}',
            "src/exchange/desk/views.py": 'redirect("desk:morning")\nreverse(\n "desk:log")',
            "src/exchange/library/hooks.py": 'Kind(page="library:gone")',
        },
    )

    assert unknown_names(tree, {"desk:log"}) == [
        "desk/templates/desk/log.html:2 desk:lgo",
        "desk/views.py:1 desk:morning",
        "library/hooks.py:1 library:gone",
    ]
