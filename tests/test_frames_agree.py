"""Of one small table, `frames.read(...).total` and `frames.total` say the same or both refuse it."""

import datetime as dt
import warnings
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import commonprosperity as cp

pytest.importorskip("narwhals", reason="needs the extra `frames`")
pl = pytest.importorskip("polars", reason="needs the extra `engines`")
pa = pytest.importorskip("pyarrow", reason="needs the extra `engines`")
duckdb = pytest.importorskip("duckdb", reason="needs the extra `engines`")

CONNECTION = duckdb.connect()
ENGINES = [pl.from_arrow, CONNECTION.from_arrow, lambda table: table]
Cells = dict[str, str | None]

AMOUNTS = ("100", "7.5", "0", "-30", "about 20", None, "n/a", "60")
DATES = ("2021-01-04", "2021-01", "2021-02-01", "2022")
STAGES = ("pledge", "commitment", "disbursement", None)
OUR_NAMES = (
    "id", "company", "initiative", "amount", "currency", "announced", "stage", "part_of",
    "supersedes", "restates",
)  # fmt: skip


@st.composite
def rows(
    draw: st.DrawFn, amounts: tuple[str, ...], words: tuple[str | None, ...],
    starts: tuple[str, ...] = ("r", "r", "r "),
) -> list[Cells]:  # fmt: skip
    """Draw up to 6 rows, whose links lead to earlier ids, and now and then to what is none."""
    table: list[Cells] = []
    for at in range(draw(st.integers(1, 6))):
        ends = [str(row["id"]) for row in table if row["id"]]
        ends += [f"{end}-{heading}" for end in ends for heading in amounts if len(amounts) > 1]
        row: Cells = {
            "id": draw(st.sampled_from([f"{start}{at}" for start in starts] + [None])),
            "company": draw(st.sampled_from(["Acme", "Other"])),
            "initiative": draw(st.sampled_from(["wells", None])),
            "currency": draw(st.sampled_from(["CNY", "CNY", "CNY", "USD"])),
            "announced": draw(st.sampled_from(DATES)),
            "stage": draw(st.sampled_from(STAGES)),
            **dict.fromkeys(("part_of", "supersedes", "restates")),
        }
        row |= {heading: draw(st.sampled_from(words)) for heading in amounts}
        if draw(st.booleans()) and ends:
            link = draw(st.sampled_from(["part_of", "part_of", "supersedes", "restates"]))
            row[link] = draw(st.sampled_from(ends))
        table.append(row)
    return table


def total_or_error(total: Any) -> Any:
    """Return the exact sum, or None where the table is refused."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", cp.DoubleCountWarning)
        try:
            return total().exact
        except cp.errors.DatasetError:
            return None


def both(table: list[Cells], names: Any, engine: int, **options: Any) -> tuple[Any, Any]:
    columns = {name: pa.array([row[name] for row in table], pa.string()) for name in names}
    layout = {"layout": options["layout"]} if "layout" in options else {}
    frame = pa.table(columns)
    theirs = total_or_error(lambda: cp.frames.read(frame, **layout).total("CNY"))
    ours = total_or_error(lambda: cp.frames.total(ENGINES[engine](frame), "CNY", **options).grand)
    return ours, theirs


@settings(max_examples=150, deadline=None)
@given(
    rows(("amount",), ("100", "7.5", "0", "-30", "60"), ("r",)),
    st.booleans(),
    st.integers(0, 2),
)
def test_table_of_our_own_columns_has_one_total(
    table: list[Cells], linked: bool, engine: int  # noqa: FBT001 (drawn)
) -> None:  # fmt: skip
    names = OUR_NAMES if linked else OUR_NAMES[:-3]
    ours, theirs = both(table, names, engine, date="announced")
    assert ours == theirs


FALSE = ("false", "FALSE", " 0", "", None)
FLAGS = (*FALSE, "true", "True ", "1", "yes", "-1")


@settings(max_examples=150, deadline=None)
@given(
    rows(("amount",), ("100", "7.5", "0", "-30", "60"), ("r",)),
    st.lists(st.sampled_from(FALSE), min_size=6, max_size=6)
    | st.lists(st.sampled_from(FLAGS), min_size=6, max_size=6),
    st.sampled_from(["pooled", "Pooled", "合并计算"]),
    st.integers(0, 2),
)
def test_table_of_pools_has_the_total_of_its_pledges_or_none(
    table: list[Cells], flags: list[str | None], heading: str, engine: int
) -> None:
    for row, flag in zip(table, flags, strict=False):
        row[heading] = flag
    ours, theirs = both(table, (*OUR_NAMES, heading), engine, date="announced")
    if {row[heading] for row in table}.issubset(FALSE):
        assert ours == theirs
    else:
        assert ours is None


LAYOUT: dict[str, Any] = {
    "columns": {name: name for name in OUR_NAMES},
    "skip": {"amount": "n/a"},
}
SEVERAL = ("USD", "A b")


@settings(max_examples=150, deadline=None)
@given(rows(("amount",), AMOUNTS), st.booleans(), st.integers(0, 2))
def test_table_of_a_layout_has_one_total(
    table: list[Cells], linked: bool, engine: int  # noqa: FBT001 (drawn)
) -> None:  # fmt: skip
    names = OUR_NAMES if linked else OUR_NAMES[:-3]
    layout = {**LAYOUT, "columns": {name: name for name in names}}
    ours, theirs = both(table, names, engine, layout=layout)
    assert ours == theirs


@settings(max_examples=150, deadline=None)
@given(
    rows(("one", "the other"), AMOUNTS),
    st.booleans(),
    st.booleans(),
    st.sampled_from([{}, {"stage": "commitment"}, {"stage": "disbursement"}]),
    st.integers(0, 2),
)
def test_table_of_several_amounts_has_one_total(
    table: list[Cells], linked: bool, extract: bool, of_other: Any, engine: int  # noqa: FBT001
) -> None:  # fmt: skip
    fields = OUR_NAMES if linked else OUR_NAMES[:-3]
    columns: dict[str, Any] = {name: name for name in fields}
    columns["amount"] = {"one": {}, "the other": of_other}
    if of_other:
        del columns["stage"]
    layout = {**LAYOUT, "columns": columns, "extract": extract}
    names = [name for name in [*fields, "one", "the other"] if name != "amount"]
    ours, theirs = both(table, names, engine, layout=layout)
    assert ours == theirs


# Columns of types, and by what rows are added up

TYPED_AMOUNTS: tuple[tuple[Any, list[Any]], ...] = (
    (pa.string(), ["100", "7.5", "0", "60", "1200.50", "007", "0.005", "2.50000E+2"]),
    (pa.int32(), [100, 60, 0, 2**31 - 1]),
    (pa.int64(), [100, 60, 0, 10**15]),
    (pa.uint64(), [100, 2**63 + 5, 2**64 - 1]),
    (pa.decimal128(10, 2), [Decimal("100.25"), Decimal("60.00"), Decimal("0.10")]),
    (pa.decimal128(38, 9), [Decimal("100.250000001"), Decimal(60), Decimal("0.1")]),
)
TYPED_DATES: tuple[tuple[Any, list[Any]], ...] = (
    (pa.string(), [*DATES, "Jan 2021", "4 January 2021", "2021年1月4日", "2021-Q1"]),
    (pa.date32(), [dt.date(2021, 1, 4), dt.date(2021, 2, 1), dt.date(2022, 4, 5)]),
    (pa.timestamp("us"), [dt.datetime(2021, 1, 4), dt.datetime(2021, 2, 1)]),  # noqa: DTZ001
    (pa.int16(), [2020, 2021]),
)
CATEGORY = pa.dictionary(pa.int32(), pa.string())
WORDS: dict[str, list[Any]] = {
    "company": ["Acme", "Acme ", "Other", "腾讯"], "initiative": ["wells", "schools", None],
    "stage": ["pledge", "commitment", "disbursement", "承诺", "已拨付", None],
    "recipient": ["UN", "Red Cross", " UN", "", None], "funder": ["Fund", None],
    "currency": ["CNY", "USD", "JPY"], "part_of": [None], "supersedes": [None],
}  # fmt: skip


@st.composite
def typed_tables(draw: st.DrawFn) -> Any:
    """Draw a table of our own columns, some of them categories, and now and then links."""
    size = draw(st.integers(1, 6))

    def cells(values: list[Any]) -> list[Any]:
        return draw(st.lists(st.sampled_from(values), min_size=size, max_size=size))

    amount, announced = draw(st.sampled_from(TYPED_AMOUNTS)), draw(st.sampled_from(TYPED_DATES))
    type_, values = draw(st.sampled_from(TYPED_DATES))
    columns = {
        "id": pa.array([f"r{at}" for at in range(size)]),
        "amount": pa.array(cells(amount[1]), amount[0]),
        "announced": pa.array(cells(announced[1]), announced[0]),
        "value_date": pa.array(cells([*values, None]), type_),
    }
    for name, words in WORDS.items():
        ends = [words[0], *(f"r{at}" for at in range(size - 1))] if words == [None] else words
        texts = [
            end if end is None or end < f"r{at}" else None for at, end in enumerate(cells(ends))
        ]
        texts = texts if words == [None] else cells(words)
        columns[name] = pa.array(texts, draw(st.sampled_from([pa.string(), CATEGORY])))
    left_out = draw(st.sets(st.sampled_from([*columns, "part_of"])))
    needed = {"company", "amount", "announced", "currency"}
    kept = needed | (columns.keys() - left_out)
    kept -= set() if "id" in kept else {"part_of", "supersedes"}
    return pa.table({name: column for name, column in columns.items() if name in kept})


def sums_or_error(totals: Any) -> Any:
    """Return the exact sums of all groups that are not 0, or None where the table is refused."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", cp.DoubleCountWarning)
        try:
            found = totals()
        except cp.errors.DatasetError:
            return None
    return sorted(each.exact for each in found.values() if each.exact), found.grand.exact


MORE_ENGINES = [
    *ENGINES, lambda table: pl.from_arrow(table).lazy(), lambda table: table.to_pandas(),
]  # fmt: skip
BY = ("company", "initiative", "recipient", "funder", "year", "month")


@settings(max_examples=100, deadline=None)
@given(
    typed_tables(), st.sampled_from(MORE_ENGINES), st.lists(st.sampled_from(BY), max_size=2),
    st.sampled_from([None, 1, 1000, "million", "万"]), st.sampled_from([None, "2021-03-01"]),
    st.booleans(),
)  # fmt: skip
def test_table_of_typed_columns_has_the_groups_of_its_pledges(  # noqa: PLR0913 (drawn)
    table: Any, make: Any, by: list[str], scale: Any, on: str | None, laid_out: bool  # noqa: FBT001
) -> None:  # fmt: skip
    groups = [*dict.fromkeys(name for name in by if name in {*table.column_names, "year", "month"})]
    options: dict[str, Any] = {"scale": scale}
    options |= (
        {"layout": {"columns": {name: name for name in table.column_names}}} if laid_out else {}
    )
    read = sums_or_error(
        lambda: cp.frames.read(table, **options).totals("USD", by=groups or "company", on=on)
    )
    options |= {} if laid_out else {"date": "announced"}
    total = sums_or_error(
        lambda: cp.frames.total(make(table), "USD", by=groups or "company", on=on, **options)
    )
    assert total == read


# Tables of others, in a dataframe and in a CSV

OTHERS = {
    "Ref": ("r", "r/", None),
    "Giver": ("Acme", "Other", "", " Acme"),
    "Amt": ("100", "60", "7.5", "n/a", "2 million", "about 20", "1,200", "USD 5", ""),
    "Cur": ("CNY", "USD", "RMB", ""), "Day": ("2021-01-04", "5/6/2021", "2021-01", "44200", ""),
    "VD": ("", "2021-03-01", "1/2/2021"), "Est": ("", "Yes", "No"),
    "St": ("paid", "agreed", "pledge", "", "void"), "To": ("UN", "Red Cross", "", "Total"),
}  # fmt: skip
THEIR_FIELDS = {
    "id": "Ref", "company": "Giver", "amount": "Amt", "currency": "Cur", "announced": "Day",
    "value_date": "VD", "stage": "St", "recipient": "To",
}  # fmt: skip
SETTINGS: dict[str, list[Any]] = {
    "dates": ["d/m/y", "m/d/y", "excel"], "scale": ["million", 1000], "locale": ["en", "de"],
    "default": ["CNY"], "estimated": [{"announced": "Est"}], "names": [{"Other": "Acme"}],
    "skip": [{"amount": ["n/a", ""], "stage": "void"}, {"company": ["Other", ""], "recipient": "Total"}],
    "values": [{"stage": {"paid": "disbursement", "agreed": "commitment"}, "currency": {"RMB": "CNY"}}],
    "until": [{"amount": " "}],
}  # fmt: skip


@st.composite
def tables_of_others(draw: st.DrawFn) -> tuple[list[Cells], dict[str, Any]]:
    """Draw rows of which most cells are usual ones, and a layout."""

    def cell(values: tuple[str | None, ...]) -> st.SearchStrategy[str | None]:
        return st.sampled_from([*values[:2] * 4, *values])

    row = st.fixed_dictionaries({name: cell(values) for name, values in OTHERS.items()})
    fields = {"company", "amount", "announced"} | draw(st.sets(st.sampled_from([*THEIR_FIELDS])))
    layout: dict[str, Any] = {"columns": {each: THEIR_FIELDS[each] for each in sorted(fields)}}
    for name in draw(st.sets(st.sampled_from([*SETTINGS]))):
        setting = draw(st.sampled_from(SETTINGS[name]))
        if isinstance(setting, dict) and name != "names":
            setting = {field: each for field, each in setting.items() if field in fields}
        layout |= {name: setting} if setting else {}
    rows = draw(st.lists(row, min_size=1, max_size=4))
    return [
        {**row, "Ref": row["Ref"] and f"{row['Ref']}{at}"} for at, row in enumerate(rows)
    ], layout


@settings(max_examples=150, deadline=None)
@given(
    tables_of_others(), st.sampled_from([*MORE_ENGINES, ",", ";", "\t"]),
    st.sampled_from(["company", "recipient", "stage", "year", ("month", "company")]),
)  # fmt: skip
def test_table_of_others_has_the_groups_of_its_pledges(
    tmp_path_factory: pytest.TempPathFactory,
    drawn: tuple[list[Cells], dict[str, Any]], make: Any, by: Any,
) -> None:  # fmt: skip
    rows, layout = drawn
    by = by if by in {*layout["columns"], "year", ("month", "company")} else "company"
    if isinstance(make, str):
        path = tmp_path_factory.mktemp("tables") / "table.csv"
        lines = [[*OTHERS], *([cell or "" for cell in row.values()] for row in rows)]
        quoted = ([f'"{cell}"' if make in cell else cell for cell in line] for line in lines)
        path.write_text("\n".join(map(make.join, quoted)), encoding="utf-8")
        read = sums_or_error(lambda: cp.read(path, layout=layout).totals("CNY", by=by))
        total = sums_or_error(lambda: cp.frames.total(path, "CNY", by=by, layout=layout))
    else:
        table = pa.table(
            {name: pa.array([row[name] for row in rows], pa.string()) for name in OTHERS}
        )
        read = sums_or_error(lambda: cp.frames.read(table, layout=layout).totals("CNY", by=by))
        total = sums_or_error(lambda: cp.frames.total(make(table), "CNY", by=by, layout=layout))
    assert total == read
