"""Plain data and the JSON Schema: what an editor underlines, and what it leaves alone."""

import json
import runpy
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import commonprosperity as cp
from commonprosperity.files import schema
from commonprosperity.plain import dataset_from, plain_of
from strategies import full_datasets

ROOT = Path(__file__).parents[1]
SHIPPED = Path(cp.__file__).parent / "files" / "commonprosperity.schema.json"


@given(full_datasets())
def test_plain_data_is_read_back_with_its_order_and_precision(dataset: cp.Dataset) -> None:
    plain = plain_of(dataset)
    assert repr(dataset_from(plain).records) == repr(dataset.records)
    assert json.loads(json.dumps(plain)) == plain


def test_field_with_its_default_is_left_out() -> None:
    pledge = cp.Pledge(id="a", company="b", amount="1.50E+9 CNY".replace("E+9", " billion"),
                       announced="2021-09", value_date="2021-09", stage="pledge")  # fmt: skip
    dataset = cp.Dataset(companies=[cp.Company(id="b", name="B")], pledges=[pledge])
    assert plain_of(dataset)["pledge"]["a"] == {
        "company": "b", "amount": "1.50 billion CNY", "announced": "2021-09",
    }  # fmt: skip


def test_the_schema_that_is_shipped_is_that_of_the_classes() -> None:
    made = runpy.run_path(str(ROOT / "generators" / "schema.py"))["text"]()
    assert SHIPPED.read_text(encoding="utf-8") == made == schema(), "run generators/schema.py"


def test_the_article_names_the_schema_for_editors() -> None:
    article = Path(cp.__file__).parent / "data" / "article.toml"
    first = article.read_text(encoding="utf-8").partition("\n")[0]
    assert first.startswith("#:schema ")
    assert (article.parent / first.removeprefix("#:schema ")).resolve() == SHIPPED


def test_file_that_is_written_names_the_schema_for_editors(tmp_path: Path) -> None:
    cp.write(cp.load(), tmp_path / "mine.toml")
    assert (tmp_path / "mine.toml").read_text("utf-8").startswith(f"#:schema {SHIPPED.name}\n\n[")


def validator() -> Any:
    jsonschema = pytest.importorskip("jsonschema", reason="needs the extra `schemas`")
    return jsonschema.Draft202012Validator(json.loads(schema()))


@settings(max_examples=50)
@given(full_datasets())
def test_what_is_written_fits_the_schema(dataset: cp.Dataset) -> None:
    assert not [*validator().iter_errors(plain_of(dataset))]


COMPANY = {"company": {"acme": {"name": "Acme"}}}
PLEDGE = {"company": "acme", "amount": "5 CNY", "announced": "2021"}


@pytest.mark.parametrize(
    ("plain", "underlined"),
    [
        ({"compny": {}}, "compny"),
        ({"company": {"a b": {"name": "x"}}}, "a b"),
        ({"company": {"a": {}}}, "'name' is a required property"),
        ({"company": {"a": {"name": "x", "nam": "y"}}}, "'nam' was unexpected"),
        ({"company": {"a": {"name": ""}}}, "non-empty"),
        ({"source": {"a": {"title": "x", "url": "ftp://x"}}}, "ftp://x"),
        ({"source": {"a": {"title": "x", "published": "2021-13-"}}}, "2021-13-"),
        ({"pledge": {"a": {**PLEDGE, "amount": 5}}}, "5 is not of type 'string'"),
        ({"pledge": {"a": {**PLEDGE, "amount": "5 billion"}}}, "5 billion"),
        ({"pledge": {"a": {**PLEDGE, "anounced": "2021"}}}, "'anounced' was unexpected"),
        ({"pledge": {"a": {**PLEDGE, "stage": "pledged"}}}, "'pledged' is not one of"),
        ({"pledge": {"a": {**PLEDGE, "equivalents": ["5"]}}}, "['5'] is not valid"),
        ({"figure": {"a": {"about": "acme", "value": "five"}}}, "'five' does not match"),
    ],
)  # fmt: skip
def test_what_is_refused_is_underlined_too(plain: dict[str, Any], underlined: str) -> None:
    with pytest.raises(cp.errors.DatasetError):
        dataset_from(COMPANY | plain)
    assert [error for error in validator().iter_errors(plain) if underlined in error.message]


@given(st.from_regex(r"[0-9A-Z腾a-z._ é-]{1,5}", fullmatch=True))
def test_schema_refuses_the_ids_that_records_refuse(text: str) -> None:
    plain = {"company": {text: {"name": "x"}}}
    try:
        dataset_from(plain)
    except cp.errors.DatasetError:
        assert [*validator().iter_errors(plain)]
    else:
        assert not [*validator().iter_errors(plain)]


@pytest.mark.parametrize("value", [Decimal("0.10"), 5, "2.40e9", "-1"])
def test_schema_takes_the_numbers_that_figures_take(value: Any) -> None:
    plain = {**COMPANY, "figure": {"a": {"about": "acme", "value": value}}}
    assert dataset_from(plain).figures
    plain["figure"]["a"]["value"] = float(value) if isinstance(value, Decimal) else value
    assert not [*validator().iter_errors(plain)]


@pytest.mark.parametrize("name", ["mine.toml", "mine.json"])
def test_check_jsonschema_accepts_the_article(tmp_path: Path, name: str) -> None:
    pytest.importorskip("check_jsonschema", reason="needs the extra `schemas`")
    cp.write(cp.load(), tmp_path / name)
    article = Path(cp.__file__).parent / "data" / "article.toml"
    command = [sys.executable, "-m", "check_jsonschema", "--schemafile", str(SHIPPED)]
    done = subprocess.run([*command, str(tmp_path / name), str(article)], capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stdout
