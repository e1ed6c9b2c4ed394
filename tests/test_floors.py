"""Imports of our own modules only go down the floors of the house."""

import ast
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import commonprosperity

HOUSE = Path(commonprosperity.__file__).parent

FLOORS = {
    "deferred": 0,
    "patterns": 0,
    "sentence": 0,
    "quoting": 1,
    "errors": 2,
    "bar": 3,
    "countries": 3,
    "dates": 3,
    "disk": 3,
    "encoding": 3,
    "text_display": 3,
    "extras": 3,
    "wording": 3,
    "period": 4,
    "messages": 4,
    "tags": 4,
    "money": 4,
    "table": 5,
    "prices": 5,
    "rates": 5,
    "units": 6,
    "records": 7,
    "counting": 8,
    "totals": 9,
    "book": 9,
    "flat": 10,
    "checks": 10,
    "compare": 10,
    "progress": 10,
    "layout": 11,
    "dataset": 11,
    "mentions": 11,
    "plain": 12,
    "charts": 12,
    "files": 13,
    "frames": 13,
    "page": 13,
    "data": 14,
    "cli": 15,
    "__main__": 16,
    "__init__": 16,
}
"""The floor of each room, as in docs/design.md; a room is a module or a package."""


def module_of(path: Path) -> str:
    parts = path.relative_to(HOUSE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)


MODULES = {module_of(path): path for path in HOUSE.rglob("*.py")}


def imported(path: Path) -> Iterator[str]:
    """Name the modules of ours that a file imports: at the top, in functions, for types, lazily."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} imports by a relative path"
            whole = str(node.module)
            names = [
                f"{whole}.{alias.name}" if f"{whole}.{alias.name}"[17:] in MODULES else whole
                for alias in node.names
            ]
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
            names = [str(text.value) for text in ast.walk(node) if isinstance(text, ast.Constant)]
        else:
            continue
        yield from (name[17:] for name in names if name.startswith("commonprosperity."))


def room(module: str) -> str:
    return module.split(".", maxsplit=1)[0]


def arrows() -> Iterator[tuple[str, str]]:
    for module, path in MODULES.items():
        yield from ((module, target) for target in imported(path) if target)


def test_every_room_has_a_floor() -> None:
    assert {room(module) for module in MODULES} == set(FLOORS)


def test_the_plan_that_is_published_has_the_same_floors() -> None:
    plan = (HOUSE.parents[1] / "docs" / "design.md").read_text(encoding="utf-8")
    for name, floor in FLOORS.items():
        assert f"| {floor} | `{name}" in plan, f"{name} is not on floor {floor} in docs/design.md"
    published = [int(floor) for floor in re.findall(r"^\| ([0-9]+) \|", plan, re.MULTILINE)]
    assert published == sorted(published)


def test_imports_go_down() -> None:
    assert list(arrows()), "no import was read"
    up = [
        f"{module} -> {target}"
        for module, target in arrows()
        if room(module) != room(target) and FLOORS[room(module)] <= FLOORS[room(target)]
    ]
    assert not up


def test_no_circle_of_modules() -> None:
    graph: dict[str, set[str]] = {}
    for module, target in arrows():
        # A package's face is imported with each of its modules, which may not import it back.
        graph.setdefault(module, set()).add(target)
    TopologicalSorter(graph).prepare()
