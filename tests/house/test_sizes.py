"""Nothing grows too long to be read, and every file says what it is for.
Run by pytest alone."""

import ast
from pathlib import Path

import pytest

from tests.house.tree import REAL, Tree, plant

LONGEST_FILE = 400
LONGEST_FUNCTION = 40
Function = ast.FunctionDef | ast.AsyncFunctionDef


def long_files(tree: Tree) -> list[str]:
    counted = ((module.name, module.text.count("\n")) for module in tree.modules(*PLACES))
    return [f"{name}: {lines} lines" for name, lines in counted if lines > LONGEST_FILE]


def long_functions(tree: Tree) -> list[str]:
    faults = []
    for module in tree.modules("src", "launch"):
        for node in ast.walk(module.tree):
            if isinstance(node, Function):
                lines = (node.end_lineno or 0) - node.lineno + 1
                if lines > LONGEST_FUNCTION:
                    faults.append(f"{module.name}:{node.lineno} {node.name}: {lines} lines")
    return faults


def unexplained(tree: Tree) -> list[str]:
    """Files that do not open with two lines: what they are for, and who may call them. A test is
    called by pytest alone, so one line is enough there."""
    faults = []
    for module in tree.modules(*PLACES):
        if not module.text.strip():
            continue
        words = (ast.get_docstring(module.tree) or "").strip()
        lines = len(words.splitlines())
        if lines < (1 if module.name.startswith("tests/") else 2):
            faults.append(module.name)
    return faults


PLACES = ("src", "launch", "tests")


def test_no_file_is_longer_than_four_hundred_lines():
    assert long_files(REAL) == []


def test_no_function_is_longer_than_a_screen():
    assert long_functions(REAL) == []


def test_every_file_says_what_it_is_for_and_who_may_call_it():
    assert unexplained(REAL) == []


@pytest.fixture
def overgrown(tmp_path: Path) -> Tree:
    body = "\n".join(f"    x{n} = {n}" for n in range(LONGEST_FUNCTION))
    return plant(
        tmp_path,
        {
            "src/exchange/core/long.py": f'"""One line."""\ndef long():\n{body}\n',
            "src/exchange/core/fine.py": '"""What for.\nFor whom."""\n' + "\n" * 390,
            "tests/core/test_long.py": '"""What for.\nFor whom."""\n' + "\n" * 400,
        },
    )


def test_what_has_grown_too_long_or_says_nothing_is_noticed(overgrown: Tree):
    assert long_files(overgrown) == ["tests/core/test_long.py: 402 lines"]
    assert long_functions(overgrown) == ["src/exchange/core/long.py:2 long: 41 lines"]
    assert unexplained(overgrown) == ["src/exchange/core/long.py"]
