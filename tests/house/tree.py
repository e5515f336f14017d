"""Reads the house as files: rooms, floors, modules, templates, of any checkout.
Called by the house tests, on the real tree and on small trees with a planted fault."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

HERE = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Module:
    """One Python file and where it stands: `name` is its path inside the checkout."""

    path: Path
    name: str

    @property
    def room(self) -> str:
        """The room of a module under src/exchange; "" for everything else."""
        parts = self.name.split("/")
        return parts[2] if parts[:2] == ["src", "exchange"] and len(parts) > 3 else ""

    @property
    def is_views(self) -> bool:
        return self.path.name == "views.py" or self.path.parent.name == "views"

    @property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @property
    def tree(self) -> ast.Module:
        return _parsed(self.path, self.path.stat().st_mtime_ns)


@dataclass(frozen=True)
class Tree:
    """A checkout."""

    root: Path

    @property
    def package(self) -> Path:
        return self.root / "src" / "exchange"

    @cached_property
    def rooms(self) -> list[str]:
        """Every directory of the package that holds code."""
        found = (path.parent.name for path in self.package.glob("*/__init__.py"))
        return sorted(found)

    @cached_property
    def floors(self) -> dict[str, int]:
        """Room -> how high it stands (core is 0), from the contract import-linter checks."""
        contracts = tomllib.loads((self.root / "pyproject.toml").read_text())["tool"]
        layers = contracts["importlinter"]["contracts"][0]["layers"]
        return {
            room.strip(): height
            for height, layer in enumerate(reversed(layers))
            for room in layer.split("|")
        }

    def modules(self, *places: str) -> Iterator[Module]:
        """Python files under the places ("src", "launch", "tests"), without migrations."""
        for place in places:
            for path in sorted((self.root / place).rglob("*.py")):
                if "migrations" not in path.parts:
                    yield Module(path, path.relative_to(self.root).as_posix())

    def templates(self) -> Iterator[tuple[str, Path]]:
        """(room, file) of every template."""
        for room in self.rooms:
            for path in sorted((self.package / room / "templates").rglob("*")):
                if path.suffix in (".html", ".txt"):
                    yield room, path

    def short(self, path: Path) -> str:
        return path.relative_to(self.package).as_posix()


REAL = Tree(HERE)


def plant(root: Path, files: dict[str, str]) -> Tree:
    """A small tree with the real floors and the given files, to prove that a test can fail."""
    (root / "pyproject.toml").write_text((HERE / "pyproject.toml").read_text())
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        if name.startswith("src/exchange/"):
            room = root / "src" / "exchange" / name.split("/")[2]
            (room / "__init__.py").touch()
    return Tree(root)


def line_of(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def in_order(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node of a module, in the order of the text."""
    for node in ast.iter_child_nodes(tree):
        yield node
        yield from in_order(node)


def chain(node: ast.expr) -> list[str]:
    """The names of a dotted expression from the left: a.b(...).c -> ["a", "b", "c"]."""
    names: list[str] = []
    while True:
        if isinstance(node, ast.Call | ast.Subscript):
            node = node.func if isinstance(node, ast.Call) else node.value
        elif isinstance(node, ast.Attribute):
            names.append(node.attr)
            node = node.value
        else:
            if isinstance(node, ast.Name):
                names.append(node.id)
            return names[::-1]


@lru_cache(maxsize=1000)
def _parsed(path: Path, changed: int) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


TAG = re.compile(r"{%-?\s*(\w+)\s*(.*?)\s*-?%}", re.DOTALL)
