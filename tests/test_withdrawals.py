"""Withdrawals, and what goes with them."""

from typing import Any

import pytest

from commonprosperity import Money
from counted import counts
from strategies import dataset, pledge


def test_withdrawal_takes_the_parts_that_are_still_only_pledged_with_it() -> None:
    ds = dataset(
        pledge("old"),
        pledge("one", "50 CNY", part_of="old"),
        pledge("deep", "20 CNY", part_of="one"),
        pledge("contract", "30 CNY", part_of="old", stage="commitment"),
        pledge("inside", "10 CNY", part_of="contract"),
        pledge("paid", "5 CNY", part_of="one", stage="disbursement"),
        pledge("gone", "0 CNY", supersedes="old", announced="2022"),
    )
    assert ds.as_of("2021").total("CNY").amount == Money(100, "CNY")
    for known in (ds, ds.where(lambda p: p.id != "gone")):
        rows = counts(known)
        assert rows.pop("gone", None) in {("0 CNY", "its parts count"), None}
        assert rows == {
            "old": ("0 CNY", "superseded by gone"),
            "one": ("0 CNY", "withdrawn with gone"),
            "deep": ("0 CNY", "withdrawn with gone"),
            "contract": ("20 CNY", "left over by its parts"),
            "inside": ("10 CNY", "counted"),
            "paid": ("5 CNY", "counted"),
        }


@pytest.mark.parametrize(
    ("facts", "left"),
    [
        ({}, 0),
        ({"amount": "1 CNY"}, 50),
        ({"high": "5 CNY"}, 50),
        ({"qualifier": "about"}, 50),
        ({"qualifier": "up_to"}, 50),
        ({"qualifier": "at_least"}, 50),
        ({"supersedes": None, "part_of": "old"}, 100),
        ({"stage": "commitment"}, 0),
    ],
)
def test_withdrawal_is_an_exact_nothing_that_supersedes(facts: dict[str, Any], left: int) -> None:
    ds = dataset(
        pledge("old"),
        pledge("part", "50 CNY", part_of="old"),
        pledge("new", **{"amount": "0 CNY", "supersedes": "old", "announced": "2022", **facts}),
    )
    assert ds.total("CNY").amount == Money(left, "CNY")


@pytest.mark.parametrize(
    ("announced", "reason"),
    [
        ("2021-05-30", "withdrawn with gone"),
        ("2021-05-31", "withdrawn with gone"),
        ("2021-05", "withdrawn with gone"),
        ("2021-06-01", "counted"),
        ("2021", "counted"),
    ],
)
def test_part_that_is_promised_after_the_withdrawal_counts(announced: str, reason: str) -> None:
    ds = dataset(
        pledge("old"),
        pledge("gone", "0 CNY", supersedes="old", announced="2021-05"),
        pledge("part", "50 CNY", part_of="old", announced=announced),
    )
    assert counts(ds)["part"][1] == reason


def test_promise_that_is_renewed_after_its_withdrawal_has_its_parts_again() -> None:
    ds = dataset(
        pledge("old"),
        pledge("part", "30 CNY", part_of="old"),
        pledge("gone", "0 CNY", supersedes="old", announced="2022"),
        pledge("back", "80 CNY", supersedes="gone", announced="2023"),
    )
    assert ds.as_of("2022").total("CNY").amount == Money(0, "CNY")
    assert counts(ds)["back"] == ("50 CNY", "left over by its parts")


def test_part_goes_with_the_nearest_withdrawal_that_came_after_it() -> None:
    ds = dataset(
        pledge("outer"),
        pledge("outer-gone", "0 CNY", supersedes="outer", announced="2023"),
        pledge("inner", part_of="outer"),
        pledge("inner-gone", "0 CNY", supersedes="inner", announced="2021"),
        pledge("early", "10 CNY", part_of="inner"),
        pledge("late", "10 CNY", part_of="inner", announced="2022"),
    )
    assert {id_: reason for id_, (_, reason) in counts(ds).items()} == {
        "outer": "superseded by outer-gone",
        "outer-gone": "its parts count",
        "inner": "superseded by inner-gone",
        "inner-gone": "withdrawn with outer-gone",
        "early": "withdrawn with inner-gone",
        "late": "withdrawn with outer-gone",
    }


def test_selection_of_a_part_changes_nothing_of_its_withdrawal() -> None:
    ds = dataset(
        pledge("old"),
        pledge("gone", "0 CNY", supersedes="old", announced="2022"),
        pledge("contract", "30 CNY", part_of="old", stage="commitment"),
        pledge("stays", "10 CNY", part_of="contract"),
        pledge("part", "50 CNY", part_of="old"),
        pledge("told-later", "55 CNY", restates="part", announced="2023"),
    )
    for id_, expected in counts(ds).items():
        if id_ not in {"contract", "told-later", "gone"}:
            assert counts(ds.where(id=id_))[id_] == expected
    assert counts(ds.where(id="told-later"))["told-later"] == ("0 CNY", "withdrawn with gone")


def test_withdrawn_whole_bounds_nothing() -> None:
    ds = dataset(
        pledge("old"),
        pledge("gone", "0 CNY", supersedes="old", announced="2022"),
        pledge("part", "40 CNY", part_of="old"),
        pledge("paid", "30 CNY", part_of="part", qualifier="at_least", stage="disbursement"),
        pledge("due", "30 CNY", part_of="old", high="45 CNY", stage="commitment"),
    )
    assert ds.total("CNY").high is None
    assert ds.where(id=["gone", "due"]).total("CNY").high == Money(45, "CNY")


def test_whole_above_a_withdrawn_one_bounds_what_stays() -> None:
    ds = dataset(
        pledge("whole", "100 CNY"),
        pledge("old", "50 CNY", part_of="whole"),
        pledge("gone", "0 CNY", supersedes="old", announced="2022"),
        pledge("due", "30 CNY", part_of="old", qualifier="at_least", stage="commitment"),
    )
    total = ds.total("CNY")
    assert (total.low, total.high) == (Money(100, "CNY"), Money(100, "CNY"))


def test_withdrawal_of_ten_thousand_nested_parts_takes_no_recursion() -> None:
    depth = 10_000
    ds = dataset(
        *(pledge(f"p{at}", part_of=f"p{at - 1}" if at else None) for at in range(depth)),
        pledge("gone", "0 CNY", supersedes="p0", announced="2022"),
    )
    assert ds.total("CNY").amount == Money(0, "CNY")


def test_wholes_are_those_that_stand_with_the_parts_that_stand() -> None:
    ds = dataset(
        pledge("whole"),
        pledge("old", "50 CNY", part_of="whole"),
        pledge("gone", "0 CNY", supersedes="old", announced="2022"),
        pledge("part", "40 CNY", part_of="old"),
        pledge("due", "30 CNY", part_of="old", stage="commitment"),
    )
    assert [*ds.counting.wholes()] == [(ds["whole"], [ds["gone"]])]
    assert [*ds.where(id=["whole", "part"]).counting.wholes()] == []
    assert [p.id for p in ds if ds.counting.counts(p)] == ["whole", "gone", "due"]
