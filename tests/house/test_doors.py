"""Who may read is decided in one place, states are set in one place, and nobody's data is forgotten.
Run by pytest alone."""

import ast
from collections.abc import Iterator
from pathlib import Path

from exchange.members import dossier
from exchange.members.models import Member
from tests.house.tree import REAL, Module, Tree, chain, in_order, plant

# Everything a person can ask for by its number, and the querysets that decide whether they may.
READ_BY_PEOPLE = {"Contribution", "Experience", "Notice", "Resource", "Reply"}
DECIDES = {"visible_to", "public", "listed", "none"}
# Who may set the state of what, beside the models themselves.
SPINE = ("contributions/actions", "contributions/sealing")
TALK = ("conversation/actions", "conversation/sealing")
STATES = {
    "Contribution": SPINE,
    "Experience": SPINE,
    "Notice": SPINE,
    "Resource": SPINE,
    "ContextTerm": SPINE,
    "Reply": TALK,
}
# Rooms whose own rows have a state too: deliveries and mails.
OTHER_STATES = {"hubs", "ledger", "mail", "translating", "webinars"}
WRITES = {"create", "update", "bulk_create", "get_or_create", "update_or_create"}


def unguarded_reads(tree: Tree) -> list[str]:
    """Views that fetch what people read without asking whether this person may."""
    faults = []
    for module in tree.modules("src"):
        if not module.is_views:
            continue
        for node in in_order(module.tree):
            names = chain(node) if isinstance(node, ast.Attribute) else []
            reads = names[1:2] == ["objects"] and names[0] in READ_BY_PEOPLE and len(names) == 3
            if reads and names[2] not in DECIDES:
                faults.append(f"{module.name}:{node.lineno} {'.'.join(names)}")
            if isinstance(node, ast.Call) and _asks_by_model(node):
                faults.append(f"{module.name}:{node.lineno} {ast.unparse(node)}")
    return faults


def _asks_by_model(node: ast.Call) -> bool:
    """get_object_or_404(Contribution, pk=...): the model itself has no opinion."""
    name = chain(node.func)[-1:]
    first = node.args[0] if node.args else None
    return name in (["get_object_or_404"], ["get_list_or_404"]) and (
        isinstance(first, ast.Name) and first.id in READ_BY_PEOPLE
    )


def test_views_fetch_what_people_read_only_through_the_one_decision():
    assert any(module.is_views for module in REAL.modules("src"))
    assert unguarded_reads(REAL) == []


def test_a_view_that_goes_around_the_decision_is_noticed(tmp_path: Path):
    tree = plant(
        tmp_path,
        {
            "src/exchange/pages/views.py": (
                "Contribution.objects.filter(pk=1)\n"
                "Contribution.objects.visible_to(member).filter(pk=1)\n"
                "get_object_or_404(Reply, pk=1)\n"
                "get_object_or_404(Reply.objects.visible_to(member), pk=1)\n"
            ),
            "src/exchange/library/views/pages.py": "Resource.objects.get(pk=1)\n",
            "src/exchange/library/actions.py": "Resource.objects.get(pk=1)\n",
        },
    )

    assert unguarded_reads(tree) == [
        "src/exchange/library/views/pages.py:1 Resource.objects.get",
        "src/exchange/pages/views.py:1 Contribution.objects.filter",
        "src/exchange/pages/views.py:3 get_object_or_404(Reply, pk=1)",
    ]


def state_writers(tree: Tree) -> list[str]:
    """Code that sets a state although it is not the one place that may."""
    faults = []
    for module in tree.modules("src"):
        here = module.name.removeprefix("src/exchange/").removesuffix(".py")
        for line, model in _written_states(module):
            allowed = STATES[model] if model else (*SPINE, *TALK)
            owns = any(here == place or here.startswith(f"{place}/") for place in allowed)
            if not owns and not (model == "" and module.room in OTHER_STATES):
                faults.append(f"{module.name}:{line}")
    return faults


def _written_states(module: Module) -> Iterator[tuple[int, str]]:
    """(line, model) of each write; the model is "" where only a row is known."""
    for node in in_order(module.tree):
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(to, ast.Attribute) and to.attr == "state" for to in targets):
                yield node.lineno, ""
        if isinstance(node, ast.Call) and any(word.arg == "state" for word in node.keywords):
            names = chain(node.func)
            if names and names[0] in STATES and (len(names) == 1 or names[-1] in WRITES):
                yield node.lineno, names[0]


def test_states_are_set_by_the_actions_of_their_room_alone():
    written = [_written_states(module) for module in REAL.modules("src")]
    assert sum(1 for found in written for _one in found) > 3
    assert state_writers(REAL) == []


def test_a_state_set_elsewhere_is_noticed(tmp_path: Path):
    tree = plant(
        tmp_path,
        {
            "src/exchange/contributions/actions.py": "row.state = 1\nContribution(state=2)\n",
            "src/exchange/conversation/actions.py": "row.state = 1\nContribution(state=2)\n",
            "src/exchange/desk/actions.py": (
                "row.state = 1\n"
                "Reply.objects.filter(pk=1).update(state=2)\n"
                "Reply.objects.filter(state=2)\n"
            ),
            "src/exchange/ledger/actions.py": "delivery.state = 3\n",
        },
    )

    assert state_writers(tree) == [
        "src/exchange/conversation/actions.py:2",
        "src/exchange/desk/actions.py:1",
        "src/exchange/desk/actions.py:2",
    ]


def test_whatever_points_at_a_member_is_in_the_dossier():
    pointing = {relation.related_model for relation in Member._meta.related_objects}

    assert len(pointing) > 5
    assert dossier.without_entry() == []
    assert dossier.rooms_that_are_gone() == []


def test_a_room_without_an_entry_is_noticed(monkeypatch):
    covered = {room: by for room, by in dossier._covered.items() if room != "conversation"}
    monkeypatch.setattr(dossier, "_covered", covered)

    assert "conversation.Reply" in dossier.without_entry()
