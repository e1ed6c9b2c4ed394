"""The command ``compare``: the effects between two files, days, or sources of rates."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import commonprosperity as cp
from commonprosperity.cli import main
from strategies import dataset, pledge


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["compare", *arguments])


def rows(*arguments: str) -> list[tuple[Any, ...]]:
    """Return the kinds, the records and the amounts of the effects that the command prints."""
    result = run(*arguments, "--format", "json")
    assert result.exit_code == 0, result.output
    content = json.loads(result.stdout)["rows"]
    return [tuple(row[name] for name in row if name != "what") for row in content]


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    """Write two versions of a file."""
    old = dataset(pledge("a", "100 CNY"), pledge("b", "10 USD", announced="2021-03-01"))
    new = old.remove("a").extend(pledge("c", "7 CNY", company="other"))
    paths = str(tmp_path / "old.toml"), str(tmp_path / "new.toml")
    for path, each in zip(paths, (old, new), strict=True):
        cp.write(each, path)
    return paths


def test_two_files(files: tuple[str, str]) -> None:
    assert rows(*files) == [("removed", "a", "-100.00"), ("added", "c", "7.00")]
    assert rows(*files, "--by", "company") == [
        ("Acme", "removed", "a", "-100.00"), ("Other", "added", "c", "7.00"),
    ]  # fmt: skip
    assert rows(*files, "--by", "company,stage")[0][:2] == ("Acme", "pledge")
    assert rows(*files, "--where", "company=acme") == [("removed", "a", "-100.00")]
    assert rows(*reversed(files)) == [("removed", "c", "-7.00"), ("added", "a", "100.00")]


def test_what_only_one_file_has_selects_nothing_of_the_other(
    files: tuple[str, str], tmp_path: Path
) -> None:
    old, new = map(cp.read, files)
    tagged = pledge("d", "9 CNY", company="other", tags={"sector": "water"}, funder="the public")
    path = str(tmp_path / "later.toml")
    cp.write(new.extend(tagged), path)
    pair = files[0], path
    added = [("added", "d", "9.00")]
    for condition in ("id=d", "tags.sector=water", "funder=the public"):
        assert rows(*pair, "--where", condition) == added
        assert rows(*reversed(pair), "--where", condition) == [("removed", "d", "-9.00")]
    assert rows(*pair, "--where", "id=d", "--where", "company=other") == added
    both = rows(*pair, "--where", "id=a", "--where", "id=d")
    assert both == [("removed", "a", "-100.00"), *added]
    assert rows(*pair, "--where", "id=d", "--where", "announced=2021-03") == []
    for condition in ("id=x", "company=acne", "tags.sector=fire", "announced=1999"):
        result = run(*pair, "--where", condition)
        assert result.exit_code == 2
        assert "--where" in result.stderr
        assert "there is no" in result.stderr
    result = run(*pair, "--where", "stage=promised")
    assert "'promised' is none of" in result.stderr
    assert old.total("CNY") != new.total("CNY")


def test_one_file_of_two_days(files: tuple[str, str]) -> None:
    old, _ = files
    given = ["--to", "usd", "--old-as-of", "2021-01-31"]
    assert rows(old, old, *given) == [("added", "b", "10.00")]
    assert rows(old, old, *given, "--as-of", "2021-02-28") == []
    assert rows(old, old, "--as-of", "2021-01-31") == []


def test_one_file_at_two_sources_of_rates(files: tuple[str, str], tmp_path: Path) -> None:
    old, _ = files
    rates = tmp_path / "rates.csv"
    rates.write_text("date,base,quote,factor\n2021-03-01,USD,CNY,6.0\n", encoding="utf-8")
    mine = cp.rates.ecb().rate("USD", "CNY", "2021-03-01").factor
    ((kind, ids, amount),) = rows(old, old, "--old-rates", str(rates))
    assert (kind, ids) == ("rate changed", "b")
    assert amount == f"{cp.Money.rounded(10 * mine - 60, 'CNY').amount}"
    ((_, _, back),) = rows(old, old, "--rates", str(rates), "--old-rates", "ecb")
    assert back == f"-{amount}"
    assert rows(old, old, "--rates", str(rates)) == []
    assert rows(old, old, "--old-rates", "ecb", "--on", "2021-03-01") == []


def test_reported_rates_are_those_of_each_dataset(tmp_path: Path) -> None:
    for name, figure in (("old", "65 CNY"), ("new", "66 CNY")):
        told = dataset(pledge("a", "10 USD", equivalents=[figure]))
        cp.write(told, tmp_path / f"{name}.json")
    files = str(tmp_path / "old.json"), str(tmp_path / "new.json")
    assert rows(*files, "--rates", "reported") == [("rate changed", "a", "1.00")]


def test_the_table_is_that_of_the_library(files: tuple[str, str]) -> None:
    old, new = map(cp.read, files)
    assert run(*files).output == f"{new.compare(old, 'CNY').table().text()}\n"


@pytest.mark.parametrize(("arguments", "sentence"), [
    (["article"], "Missing argument 'NEW'"),
    (["article", "none.toml"], "'NEW': 'none.toml' is no file"),
    (["article", "article", "--by", "compny"], "--by: 'compny' is no field"),
    (["article", "article", "--old-rates", "none.csv"], "'--old-rates': 'none.csv' is no file"),
])  # fmt: skip
def test_wrong_use_is_a_sentence(arguments: list[str], sentence: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert sentence in result.stderr
