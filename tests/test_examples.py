"""The notebooks: a newcomer runs them in order. What they do is tested by running them."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[1] / "examples"
PATHS = sorted(FOLDER.glob("*.ipynb"))

notebooks = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)


def cells(path: Path) -> list[dict[str, Any]]:
    return list(json.loads(path.read_text(encoding="utf-8"))["cells"])


def test_notebooks_are_run_as_tests(pytestconfig: pytest.Config) -> None:
    pytest.importorskip("nbmake", reason="the extra notebooks runs the notebooks")
    assert pytestconfig.option.nbmake


def test_notebooks_are_numbered_in_their_order() -> None:
    numbers = [path.name.partition("-")[0] for path in PATHS]
    assert numbers == [str(number) for number in range(1, len(PATHS) + 1)]
    assert numbers


@notebooks
def test_notebook_is_committed_without_outputs(path: Path) -> None:
    for cell in cells(path):
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


@notebooks
def test_notebook_says_the_same_from_save_to_save(path: Path) -> None:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    assert notebook["metadata"] == {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    ids = [cell["id"] for cell in notebook["cells"]]
    assert ids == [f"cell-{number:02}" for number in range(1, len(ids) + 1)]
    assert not any(cell["metadata"] for cell in notebook["cells"])


@notebooks
def test_notebook_begins_with_a_task_and_is_short(path: Path) -> None:
    first, *others = cells(path)
    assert re.match("# [A-Z]", first["source"][0])
    assert 8 <= len(others) + 1 <= 15
