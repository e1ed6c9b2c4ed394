"""The documentation: what it must hold. That it builds without a warning is seen by building it."""

import re
from pathlib import Path

import attrs
import click
import pytest

import commonprosperity as cp
from commonprosperity.cli import main

DOCS = Path(__file__).parents[1] / "docs"
REFERENCE = "\n".join(
    path.read_text(encoding="utf-8") for path in sorted((DOCS / "reference").glob("*.md"))
)


def test_every_public_name_is_in_the_reference_once() -> None:
    found = re.findall(
        r"^\.\. (?:auto|py:)\w+:: commonprosperity\.(\w+)(?:\(\))?$", REFERENCE, re.MULTILINE
    )
    assert sorted(found) == sorted(cp.__all__)


def test_every_source_of_rates_is_in_the_reference() -> None:
    found = re.findall(r":: commonprosperity\.rates\.(\w+)", REFERENCE)
    assert {*found, "Rate", "Rates"} == set(cp.rates.__all__)


def test_every_command_is_in_the_reference() -> None:
    assert isinstance(main, click.Group)
    page = (DOCS / "reference" / "command.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `commonprosperity (\w+)", page, re.MULTILINE)) == set(main.commands)


def test_the_datas_page_has_every_column_and_how_often_it_is_filled() -> None:
    page = (DOCS / "data.md").read_text(encoding="utf-8")
    columns = {
        name: int(filled)
        for name, filled in re.findall(r"^\| `(\w+)` \|.*\| (\d+) \|$", page, re.MULTILINE)
    }
    assert columns == {
        field.name: sum(getattr(pledge, field.name) not in (None, ()) for pledge in cp.load())
        for field in attrs.fields(cp.Pledge)
    }


@pytest.mark.parametrize("term", ["pledge", "commitment", "disbursement", *cp.Qualifier])
def test_the_glossary_has_the_words_of_the_fields(term: str) -> None:
    assert term in (DOCS / "glossary.md").read_text(encoding="utf-8")
