"""The house stands as docs/HOUSE.md draws it: rooms, floors, and nobody reaching upwards.
Run by pytest alone."""

import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from django.apps import apps
from django.db import models

from tests.house.tree import HERE, REAL, TAG, Tree, plant

DRAWN_ROOM = re.compile(r"^ *(?:[A-Z]+ +)?([a-z]+)/ +\S", re.MULTILINE)


def drawn_rooms(page: str) -> list[str]:
    """The rooms of the drawing in HOUSE.md, from the top."""
    return DRAWN_ROOM.findall(page.split("```")[1])


def misdrawn(tree: Tree, page: str) -> list[str]:
    drawn = drawn_rooms(page)
    heights = [tree.floors.get(room, -1) for room in drawn]
    faults = [f"{room} is not drawn" for room in tree.rooms if room not in drawn]
    faults += [f"{room} is drawn but not there" for room in drawn if room not in tree.rooms]
    faults += [f"{room} has no floor" for room in tree.rooms if room not in tree.floors]
    if heights != sorted(heights, reverse=True):
        faults.append("the floors are drawn in another order than import-linter checks")
    return faults


def test_the_drawing_shows_every_room_on_its_floor():
    assert misdrawn(REAL, (HERE / "docs" / "HOUSE.md").read_text()) == []


def test_a_room_nobody_drew_is_noticed(tmp_path: Path):
    tree = plant(tmp_path, {"src/exchange/core/ids.py": "", "src/exchange/attic/rules.py": ""})
    page = "```\ncore/   ground\ncellar/   never built\n```"

    assert misdrawn(tree, page) == [
        "attic is not drawn",
        "cellar is drawn but not there",
        "attic has no floor",
    ]


def test_floors_drawn_upside_down_are_noticed(tmp_path: Path):
    tree = plant(tmp_path, {"src/exchange/core/ids.py": "", "src/exchange/desk/rules.py": ""})

    assert misdrawn(tree, "```\ndesk/   front\ncore/   ground\n```") == []
    assert misdrawn(tree, "```\ncore/   ground\ndesk/   front\n```") == [
        "the floors are drawn in another order than import-linter checks"
    ]


def reaches_up(floors: dict[str, int], from_room: str, to_room: str) -> bool:
    """Whether a room would know one above it, or one beside it."""
    return from_room != to_room and floors[from_room] <= floors[to_room]


def upward_keys(floors: dict[str, int], found: Iterable[type[models.Model]]) -> list[str]:
    faults = []
    for model in found:
        for field in model._meta.get_fields():
            other = field.related_model if field.concrete and field.is_relation else None
            if other is None or other._meta.app_label not in floors:
                continue
            if reaches_up(floors, model._meta.app_label, other._meta.app_label):
                faults.append(f"{model._meta.label}.{field.name} -> {other._meta.label}")
    return faults


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.app_label in REAL.floors]


def test_foreign_keys_point_down_or_stay_in_the_room():
    assert len(our_models()) > 10
    assert upward_keys(REAL.floors, our_models()) == []


def test_a_foreign_key_that_points_up_is_noticed():
    turned = {room: -height for room, height in REAL.floors.items()}

    assert "contributions.Contribution.author -> members.Member" in upward_keys(
        turned, our_models()
    )


def test_imports_keep_the_contracts():
    kept = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=HERE,
        env={"PYTHONPATH": "src", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert kept.returncode == 0, kept.stdout + kept.stderr


def foreign_tags(tree: Tree) -> list[str]:
    """Templates that load the tags of another room, or include a piece from above or beside."""
    owners = {
        path.stem: room
        for room in tree.rooms
        for path in (tree.package / room / "templatetags").glob("*.py")
    }
    faults = []
    for room, path in tree.templates():
        for tag, words in TAG.findall(path.read_text(encoding="utf-8")):
            if tag == "load":
                used = {owners.get(name, "core") for name in words.split(" from ")[-1].split()}
                borrowed = used - {room, "core"}
            elif tag in ("include", "extends"):
                target = re.match(r"[\"']([a-z_]+)/", words)
                owner = target[1] if target and target[1] in tree.rooms else "core"
                borrowed = {owner} if reaches_up(tree.floors, room, owner) else set()
            else:
                continue
            faults += [f"{tree.short(path)}: {tag} {words}" for _owner in borrowed]
    return faults


def test_templates_use_the_tags_of_their_room_and_pieces_from_below():
    assert len(list(REAL.templates())) > 20
    assert foreign_tags(REAL) == []


def test_a_template_that_borrows_from_another_room_is_noticed(tmp_path: Path):
    tree = plant(
        tmp_path,
        {
            "src/exchange/alerts/templatetags/bells.py": "",
            "src/exchange/core/templatetags/slots.py": "",
            "src/exchange/pages/views.py": "",
            "src/exchange/desk/templatetags/desk_tags.py": "",
            "src/exchange/desk/templates/desk/morning.html": (
                '{% extends "base.html" %}{% load i18n slots desk_tags %}'
                '{% include "desk/row.html" %}{% include "components/card.html" %}'
                '{% load bells %}{% load ring from bells %}{% include "alerts/bell.html" %}'
                '{% include "pages/bell.html" with a=b %}'
            ),
        },
    )

    assert foreign_tags(tree) == [
        "desk/templates/desk/morning.html: load bells",
        "desk/templates/desk/morning.html: load ring from bells",
        'desk/templates/desk/morning.html: include "pages/bell.html" with a=b',
    ]


def stray_hooks(tree: Tree) -> list[str]:
    """Whatever a room plugs in elsewhere than in its one hooks.py, or does not load."""
    plugs = re.compile(r"^(?:@on\(|@every\(|@to\(|(?:gates|slots|kinds|dossier)\.register\()", re.M)
    faults = []
    for module in tree.modules("src"):
        if not module.room or module.room == "core":
            continue
        is_package = module.path.parent.name == "hooks"
        is_hooks = module.path.name == "hooks.py" or is_package
        if not is_hooks and plugs.search(module.text):
            faults.append(f"{module.name} plugs in; that belongs in hooks.py")
        if module.path.name == "hooks.py" or (is_package and module.path.name == "__init__.py"):
            room = module.path.parent.parent if is_package else module.path.parent
            loader = room / "apps.py"
            loads = re.compile(rf"exchange\.{module.room}(\.| import )hooks")
            if not loader.exists() or not loads.search(loader.read_text()):
                faults.append(f"{module.name} is not loaded by its apps.py")
    return faults


def test_a_room_plugs_in_from_its_one_hooks_file():
    assert stray_hooks(REAL) == []


def test_a_plug_outside_hooks_and_a_hooks_file_nobody_loads_are_noticed(tmp_path: Path):
    tree = plant(
        tmp_path,
        {
            "src/exchange/alerts/hooks.py": '@on("a.b", consumer="alerts.c")\ndef f(e): ...\n',
            "src/exchange/alerts/actions.py": 'slots.register("head", "alerts/x.html")\n',
            "src/exchange/desk/hooks/__init__.py": "from . import morning\n",
            "src/exchange/desk/hooks/morning.py": '@on("a.b", consumer="desk.c")\ndef f(e): ...\n',
        },
    )

    assert stray_hooks(tree) == [
        "src/exchange/alerts/actions.py plugs in; that belongs in hooks.py",
        "src/exchange/alerts/hooks.py is not loaded by its apps.py",
        "src/exchange/desk/hooks/__init__.py is not loaded by its apps.py",
    ]
