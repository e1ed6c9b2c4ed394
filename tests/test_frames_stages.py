"""Rows of one initiative that differ in stage are warned of as pledges are, at the caller's line."""

import warnings
from inspect import currentframe
from pathlib import Path
from typing import Any

import pytest

import commonprosperity as cp
from typed_dataframes import Make, every_typed_engine, pa

NAMES = ["company", "initiative", "stage", "part_of", "id"]


def table_of(*rows: tuple[str | None, ...], names: list[str] = NAMES) -> Any:
    columns = {
        name: pa.array([row[at] for row in rows], pa.string()) for at, name in enumerate(names)
    }
    constants = {"amount": ["1"], "currency": ["CNY"], "announced": ["2021"]}
    return pa.table(columns | {name: cells * len(rows) for name, cells in constants.items()})


def warned(frame: Any, **options: Any) -> list[str]:
    options = options if "layout" in options else {"date": "announced", **options}
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        cp.frames.total(frame, "CNY", **options)
    return [str(each.message) for each in caught if each.category is cp.DoubleCountWarning]


def sentence(initiative: str, one: str, other: str) -> str:
    return (
        f"{initiative}: {one} and {other}, neither inside the other; if they are the same money, "
        "link them with part_of"
    )


@every_typed_engine
def test_stages_of_one_initiative_are_warned_of(make: Make) -> None:
    table = table_of(
        ("Acme", "wells", "commitment", None, "c"),
        ("Acme", "wells", "disbursement", None, "d"),
        ("Acme", "wells", " 已拨付", None, "b"),
        ("Acme", "schools", None, None, "p"),
        ("Acme", "schools", "pledge", None, "q"),
        ("Other", "schools", "commitment", None, "o"),
        ("Acme", None, "commitment", None, "n"),
        (None, " ", None, None, "m"),
        ("Acme", "books", "commitment", None, "e"),
        ("Acme", "books", "disbursement", "e", "f"),
        ("Acme", "films", "mulled", None, "g"),
        ("Acme", "films", "pledge", None, "h"),
    )
    told = [sentence("wells", "c is a commitment", "d a disbursement")]
    assert warned(make(table)) == told
    columns = {name: name for name in (*NAMES, "amount", "currency", "announced")}
    layout = {"columns": columns, "skip": {"stage": "mulled", "company": ""}}
    assert warned(make(table), layout=layout) == told


@every_typed_engine
def test_rows_without_ids_are_warned_of_too(make: Make) -> None:
    table = table_of(
        ("x", "i", None), ("x", "j", "paid"), ("x", "j", "Spent"), ("x", "i", "Spent"),
        ("x", "j", "agreed"), ("x", "k", "paid"), ("x", "k", "spent"), ("x", "l", "void"),
        ("x", "l", "paid"), names=["Who", "No", "Type"],
    )  # fmt: skip
    layout = {
        "columns": {
            "company": "Who", "initiative": "No", "stage": "Type", "amount": "amount",
            "announced": "announced", "currency": "currency",
        },
        "values": {"stage": {
            "paid": "disbursement", "spent": "disbursement", "agreed": "commitment",
        }},
        "skip": {"stage": "void"},
    }  # fmt: skip
    assert warned(make(table), layout=layout) == [
        sentence("i", "a row is a pledge", "another a disbursement"),
        sentence("j", "a row is a commitment", "another a disbursement"),
    ]


@every_typed_engine
def test_amounts_of_one_row_may_be_of_two_stages(make: Make) -> None:
    table = table_of(("x", "i", "7", None), ("x", "j", None, "8"), names=["c", "i", "Agreed", "n"])
    columns = {"company": "c", "initiative": "i", "announced": "announced", "currency": "currency"}
    amounts = {"Agreed": {"stage": "commitment"}, "amount": {"stage": "disbursement"}}
    layout: Any = {"columns": {**columns, "amount": amounts}}
    told = sentence("i", "a row is a commitment", "another a disbursement")
    assert warned(make(table), layout=layout) == [told]
    amounts["amount"]["stage"] = "commitment"
    assert warned(make(table), layout=layout) == []


@every_typed_engine
def test_initiatives_and_companies_that_differ_in_case_and_spaces_are_one(make: Make) -> None:
    table = table_of(
        ("Acme", "Wells", "pledge", None, "a"),
        ("ACME ", " wells", "disbursement", None, "b"),
        ("Acme", "wells", "disbursement", None, "c"),
        (None, "books", "pledge", None, "d"),
        ("", "Books", "commitment", None, "e"),
        (None, "films", "pledge", None, "f"),
        ("Acme", "films", "commitment", None, "g"),
    )
    (books, wells) = warned(make(table))
    assert books.lower() == sentence("books", "d is a pledge", "e a commitment")
    assert wells == sentence("Wells", "a is a pledge", "c a disbursement")


@every_typed_engine
def test_rows_that_a_layout_skips_are_not_warned_of(make: Make) -> None:
    table = table_of(
        ("Acme", "wells", "pledge", None, "a"),
        ("Acme", "wells", "commitment", None, "b"),
        ("Other  Fund", "books", "pledge", None, "c"),
        (" other FUND", "books", "disbursement", None, "d"),
        (None, "films", "pledge", None, "e"),
        (None, "films", "disbursement", None, "f"),
    )
    columns = {name: name for name in (*NAMES, "amount", "currency", "announced")}
    constants = {"columns": columns, "skip": {"company": ["Other Fund", ""]}}
    told = sentence("wells", "a is a pledge", "b a commitment")
    assert warned(make(table), layout=constants) == [told]
    skip = {"company": ["Other Fund", ""], "initiative": "wells"}
    assert warned(make(table), layout={"columns": columns, "skip": skip}) == []


@every_typed_engine
@pytest.mark.parametrize("type_", [pa.int32(), pa.dictionary(pa.int32(), pa.string())])
def test_initiatives_may_be_numbers_or_categories(make: Make, type_: Any) -> None:
    table = pa.table({
        "initiative": pa.array([7, 7, 8] if type_ == pa.int32() else ["7", "7", "8"], type_),
        "stage": ["pledge", "disbursement", "disbursement"], "id": [3, 1, 2], "amount": [1, 1, 1],
        "currency": ["CNY"] * 3, "announced": ["2021"] * 3,
    })  # fmt: skip
    assert warned(make(table)) == [sentence("7", "3 is a pledge", "1 a disbursement")]


def test_stages_in_two_files_are_warned_of(tmp_path: Path) -> None:
    head = "company,initiative,stage,amount,currency,announced\n"
    (tmp_path / "a.csv").write_text(f"{head}Acme,wells,commitment,5,CNY,2021\n")
    (tmp_path / "b.csv").write_text(f"{head}Acme,wells,disbursement,5,CNY,2021\n")
    assert warned(tmp_path) == [
        sentence("wells", "a row is a commitment", "another a disbursement")
    ]


@pytest.mark.parametrize("files", ["ab", "ba"])
def test_first_and_last_row_of_two_files_are_named(tmp_path: Path, files: str) -> None:
    head = "id,company,initiative,stage,amount,currency,announced\n"
    for name, commitments, disbursements in zip(files, ("bg", "cd"), ("ey", "fh"), strict=True):
        stages = dict.fromkeys(commitments, "commitment")
        stages |= dict.fromkeys(disbursements, "disbursement")
        lines = [f"{id_},Acme,wells,{stage},5,CNY,2021\n" for id_, stage in stages.items()]
        (tmp_path / f"{name}.csv").write_text(head + "".join(lines))
    (tmp_path / "c.csv").write_text("initiative,amount,currency,announced\nwells,5,CNY,2021\n")
    assert warned(tmp_path) == [sentence("wells", "b is a commitment", "y a disbursement")]


@every_typed_engine
def test_stages_of_one_initiative_may_be_far_apart_and_those_of_none_are_no_matter(
    make: Make,
) -> None:
    table = table_of(
        ("Acme", "wells", "pledge", None, "a"), ("Acme", None, "pledge", None, "b"),
        ("Acme", "wells", "disbursement", None, "c"), ("Acme", " ", "commitment", None, "d"),
    )  # fmt: skip
    assert warned(make(table)) == [sentence("wells", "a is a pledge", "c a disbursement")]


def test_of_many_initiatives_the_first_are_warned_of() -> None:
    stages = ("commitment", "disbursement")
    rows = [("Acme", f"i{at}", stage, None, f"{stage}-{at}") for at in range(7) for stage in stages]
    *first, last = warned(table_of(*rows))
    assert first == [
        sentence(f"i{at}", f"commitment-{at} is a commitment", f"disbursement-{at} a disbursement")
        for at in range(5)
    ]
    rest = "2 more initiatives have records of several stages, neither inside the other"
    assert last == rest
    with pytest.warns(cp.DoubleCountWarning) as caught:
        cp.frames.read(table_of(*rows)).total("CNY")
    assert [str(each.message) for each in caught] == [*first, rest]
    assert len(warned(table_of(*rows[:10]))) == 5


def test_warning_points_at_the_line_of_the_caller() -> None:
    table = table_of(("a", "i", "pledge", None, "p"), ("a", "i", "commitment", None, "q"))
    frame = currentframe()
    assert frame
    with pytest.warns(cp.DoubleCountWarning) as caught:
        cp.frames.total(table, "CNY", date="announced")
    (warning,) = caught
    assert (warning.filename, warning.lineno) == (__file__, frame.f_lineno - 2)
