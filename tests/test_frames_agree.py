"""Of one small table, `frames.read(...).total` and `frames.total` say the same or both refuse it."""

import warnings
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
