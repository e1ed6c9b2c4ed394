"""One CSV, one answer: the same from whichever package scans it, and the same as ``cp.read``."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import commonprosperity as cp

pytest.importorskip("narwhals", reason="needs the extra `frames`")
for engine in ("duckdb", "polars"):
    pytest.importorskip(engine, reason="needs the extra `engines`")

ALL: dict[str, Any] = {"currency": "CNY", "date": "2021"}
ENGINES = {"duckdb": "polars", "polars": "duckdb"}
"""Each package that scans files, and the one that is hidden where it shall."""


@pytest.fixture(params=ENGINES)
def scanner(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setitem(sys.modules, ENGINES[request.param], None)
    return str(request.param)


def groups_of(file: Path, **options: Any) -> dict[Any, Any] | str:
    """Return what each group comes to, or why the file is refused."""
    try:
        totals = cp.frames.total(file, "CNY", **({"by": "cause"} | ALL | options))
    except cp.CommonProsperityError as error:
        return str(error).replace(str(file), "FILE")
    return {group: total.exact for group, total in totals.items()}


def written(folder: Path, text: str | bytes) -> Path:
    file = folder / "gifts.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


@pytest.mark.usefixtures("scanner")
@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ('cause,amount\n"",1\n,2\n', {None: 3}),
        ("cause,amount\n  ,1\n,2\n", {None: 3}),
        ("cause,amount\na,1\n\nb,2\n", {"b": 2, "a": 1}),
        ("cause,amount\na,1\n,\nb,2\n", {"b": 2, "a": 1}),
        ("cause,amount\n,\nb,2\n", {"b": 2}),
        ("cause,amount\n , \nb,2\n", {"b": 2}),
        ("\n\ncause,amount\na,1\n", {"a": 1}),
        ("cause, amount\na,1\n", {"a": 1}),
        ("cause,amount\n a ,  1\na , 2\n", {"a": 3}),
        ("cause,amount\na,1 \n b,2\n", {"b": 2, "a": 1}),
        ('cause,amount\n"  a","1 "\n', {"a": 1}),
        ("cause,amount,note\na,1\nb,2,y\n", {"b": 2, "a": 1}),
        ("cause,amount,note\na,1,\nb,2,,\n", {"b": 2, "a": 1}),
        ('cause,amount\na"b,1\nc,2\n', {"c": 2, 'a"b': 1}),
        ('cause,amount\na"b,1\nc"d,2\n', {'c"d': 2, 'a"b': 1}),
        ('cause,amount\n"a, b",1\n"c\nd",2\n', {"c\nd": 2, "a, b": 1}),
        ('"cause","amount"\n"a","1"\n', {"a": 1}),
        ('"cause",amount\na,1\n', {"a": 1}),
        ('"cause",amount,"a note,\nof two lines"\na,1,x\n', {"a": 1}),
        ("cause,amount\r\na,1\r\nb,2\r\n", {"b": 2, "a": 1}),
        ("cause,amount\r\na,1\nb,2\r\n", {"b": 2, "a": 1}),
        ("cause,amount\ra,1\rb,2", {"b": 2, "a": 1}),
        ("cause,amount\na,1\nb,2", {"b": 2, "a": 1}),
        ("cause;amount\na,b;1\n", {"a,b": 1}),
        ("\ufeffcause;amount\n腾讯;1\n", {"腾讯": 1}),
        ("cause,amount\n", {}),
        ("cause,amount", {}),
        ("cause,amount,cause2,cause2\na,1,x,y\n", {"a": 1}),
        ("cause,amount,,\na,1,,\n", {"a": 1}),
        ("cause,amount,\na,1,\n", {"a": 1}),
        ("cause,,amount\na,,1\nb,,2\n", {"b": 2, "a": 1}),
        (",cause,amount\n,a,1\n", {"a": 1}),
    ],
)  # fmt: skip
def test_rows_of_a_csv_are_read_by_one_rule(
    tmp_path: Path, text: str, groups: dict[Any, int]
) -> None:
    assert groups_of(written(tmp_path, text)) == groups


@pytest.mark.usefixtures("scanner")
@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("cause,amount\nschools,20\nrivers,7,500\n",
         "FILE:3: '500' stands under no heading; a comma in a cell needs quotes"),
        ("cause,amount,\nschools,20,\nrivers,7,500\n",
         "FILE:3: '500' stands under no heading; a comma in a cell needs quotes"),
        (",cause,amount\n,schools,20\n1,rivers,7\n",
         "FILE:3: '1' stands under no heading; write one, or leave the column out, as to_csv(index=False) does"),
        ('cause,amount\nschools,"20\nrivers,7\n',
         "FILE:2: the quote that opens a cell here is never closed; write one at the cell's end"),
        ('cause,amount\n"a"b,1\n',
         "FILE:2: a cell goes on after its closing quote; write a quote inside a cell twice"),
        ("cause,amount;b\na,1;2\n",
         "FILE:1: its headings have commas and semicolons between them; use commas alone"),
        ("cause,amount\na\0,1\n", "FILE:2: it has a NUL byte, which no text has; is it a text file?"),
        (b"cause,amount\nb,1\n" + "é".encode("latin-1") + b",2\n",
         "FILE:3: it is not in UTF-8 (byte 18 does not fit); it looks like Windows-1252; "
         'save it in UTF-8, or give encoding="cp1252"'),
        (b"cause,amount\nb,1\n\n" + "é".encode("latin-1") + b",2\n",
         "FILE:4: it is not in UTF-8 (byte 19 does not fit); it looks like Windows-1252; "
         'save it in UTF-8, or give encoding="cp1252"'),
        ("\ufeffcause,amount\nb,1\n".encode("utf-16"),
         'FILE: it is in UTF-16; save it in UTF-8, or give encoding="utf-16"'),
        ("cause,amount\nb,1\n".encode("utf-16-le"),
         'FILE: it is in UTF-16; save it in UTF-8, or give encoding="utf-16-le"'),
        ("cause,amount\nb,\na,1\n", "FILE: amount: is missing (1 row: 0)"),
        ("cause,amount\nb\n\na,x\n",
         'FILE: amount: is missing (1 row: 0)\nFILE: amount: is no plain number such as 1234.56, or 1,234.56 with locale="en" (1 row: 1)'),
        ("cause,Amount,AMOUNT\na,1,2\n",
         "FILE: amount: is no column; did you mean Amount?"),
        ("cause,cause,amount\na,b,2\n", "FILE: cause: there are two columns of one name; leave one out"),
        ("", "FILE: is empty; its first row has the headings"),
    ],
)  # fmt: skip
def test_csv_that_is_wrong_is_refused_in_one_sentence(
    tmp_path: Path, text: str | bytes, problem: str
) -> None:
    assert groups_of(written(tmp_path, text)) == problem


def test_without_a_package_that_scans_files_one_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for package in ENGINES:
        monkeypatch.setitem(sys.modules, package, None)
    assert groups_of(written(tmp_path, "cause,amount\na,1\n")) == (
        "polars is not installed; run: pip install polars"
    )


@pytest.mark.usefixtures("scanner")
@pytest.mark.parametrize("encoding", ["gbk", "big5", "utf-8", "utf-16", "utf-16-le", "utf-8-sig"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encoding_that_is_named_is_that_of_read(tmp_path: Path, encoding: str, end: str) -> None:
    rows = ["company,amount,currency,announced", '"小,米",5,CNY,2021', "小米,7,CNY,2021", ""]
    file = written(tmp_path, end.join(rows).encode(encoding))
    named: dict[str, Any] = {"encoding": encoding}
    groups = groups_of(file, by="company", currency="currency", date="announced", **named)
    assert groups == {"小米": 7, "小,米": 5}
    assert cp.read(file, **named).total("CNY").exact == 12


@pytest.mark.usefixtures("scanner")
@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("公司,金额\n小米,5\n".encode("gbk"), None),
        ("公司,金额\n小米,5\n".encode("gbk"), "utf-8"),
        ("公司,金額\n小米,5\n".encode("big5"), None),
        ("company,amount\né,5\n".encode("cp1252"), "gbk"),
        ("company,amount\nb,5\n".encode("utf-16-be"), None),
        (b"company,amount\nb\0,5\n", None),
        (b"company,amount\nb\0,5\n", "gbk"),
        (b"company,amount\nb,5\n", "hex"),
        (b"company,amount\nb,5\n", "klingon"),
    ],
)
def test_bytes_in_another_encoding_are_refused_as_read_refuses_them(
    tmp_path: Path, content: bytes, encoding: str | None
) -> None:
    file = written(tmp_path, content)
    with pytest.raises(cp.CommonProsperityError) as error:
        cp.read(file, encoding=encoding)
    assert groups_of(file, encoding=encoding) == str(error.value).replace(str(file), "FILE")


@pytest.mark.usefixtures("scanner")
def test_columns_of_one_name_that_nobody_asks_for_are_passed_over(tmp_path: Path) -> None:
    text = "cause,amount,company,company,stage,Stage,id,part_of\na,1,x,y,p,q,r,\nb,2,x,y,p,q,s,r\n"
    assert groups_of(written(tmp_path, text)) == {"b": 2, "a": 0}


cells = st.text(st.sampled_from('ab1" \t,\n\r;'), max_size=4)
lines = st.lists(
    st.one_of(
        st.lists(cells, max_size=5).map(",".join),
        st.tuples(st.sampled_from(["a", "b", '"a"', '"a, b"', "", " a"]), st.sampled_from("123"))
        .map(",".join),
    ),
    max_size=6,
)  # fmt: skip
ends = st.sampled_from(["\n", "\r\n", "\r"])


def answers(file: Path, **options: Any) -> Iterator[Any]:
    """Go through what each package answers where the others are hidden."""
    for hidden in ENGINES.values():
        with pytest.MonkeyPatch.context() as patch:
            patch.setitem(sys.modules, hidden, None)
            yield groups_of(file, **options)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines, ends, st.booleans())
@example(lines=["a,1", "b,2"], end="\n", ends_last=True)
@example(lines=['a"b,1', 'c"d,2'], end="\n", ends_last=True)
@example(lines=['a,1"', 'b,"1"'], end="\r\n", ends_last=False)
def test_whichever_package_scans_a_csv_the_answer_is_that_of_read(
    tmp_path: Path, lines: list[str], end: str, ends_last: bool  # noqa: FBT001 (drawn)
) -> None:  # fmt: skip
    text = end.join(["company,amount", *lines]) + end * ends_last
    file = written(tmp_path, text)
    by_duckdb, by_polars = answers(file, by="company")
    assert by_duckdb == by_polars
    rows = text.replace("company,amount", "company,amount,currency,announced", 1)
    file = written(tmp_path, rows)
    by_duckdb, by_polars = answers(file, by="company", date="2021", currency="CNY", amount="amount")
    assert by_duckdb == by_polars


names = st.text(st.sampled_from("abc腾讯'\",; \n"), min_size=1, max_size=6).filter(
    lambda name: any(map(str.isalpha, name))
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(names, st.integers(1, 9999)), min_size=1, max_size=5), st.booleans())
def test_sheet_that_the_library_writes_adds_up_to_the_same(
    tmp_path: Path, rows: list[tuple[str, int]], blank_lines: bool  # noqa: FBT001 (drawn)
) -> None:  # fmt: skip
    quoted = ['"{}",{},CNY,2021'.format(name.replace('"', '""'), amount) for name, amount in rows]
    text = "company,amount,currency,announced\n" + ("\n\n" if blank_lines else "\n").join(quoted)
    file = written(tmp_path, text)
    by_duckdb, by_polars = answers(file, by="company", currency="currency", date="announced")
    assert by_duckdb == by_polars
    try:
        totals = cp.read(file).total("CNY")
    except cp.CommonProsperityError:  # two names that make one id
        return
    assert not isinstance(by_duckdb, str)
    assert sum(by_duckdb.values()) == totals.exact
