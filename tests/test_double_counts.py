"""Warnings of initiatives whose records of several stages are perhaps one sum."""

from inspect import currentframe

import pytest

from commonprosperity import (
    Dataset,
    DoubleCountWarning,
    Initiative,
    Money,
    Pledge,
)
from strategies import (
    COMPANIES,
    pledge,
)


def with_initiative(*pledges: Pledge) -> Dataset:
    initiatives = [Initiative(id=id_, company="acme", name=id_) for id_ in ("hope", "more")]
    return Dataset(companies=COMPANIES, initiatives=initiatives, pledges=pledges)


def test_separate_stages_of_one_initiative_are_warned_of_where_the_caller_stands() -> None:
    ds = with_initiative(
        pledge("a", initiative="hope"),
        pledge("b", initiative="hope", stage="commitment"),
        pledge("c", initiative="hope", stage="disbursement"),
    )
    frame = currentframe()
    assert frame
    with pytest.warns(DoubleCountWarning) as caught:
        ds.total("CNY")
    line = frame.f_lineno - 1
    (warning,) = caught
    assert (warning.filename, warning.lineno) == (__file__, line)
    assert str(warning.message) == (
        "hope: a is a pledge and b a commitment, neither inside the other; "
        "if they are the same money, link them with part_of"
    )
    with pytest.warns(DoubleCountWarning) as caught:
        ds.totals("CNY", by="company")
    line = frame.f_lineno - 1
    (warning,) = caught
    assert (warning.filename, warning.lineno) == (__file__, line)


def test_every_initiative_is_warned_of() -> None:
    ds = with_initiative(
        pledge("a", initiative="hope"),
        pledge("b", initiative="more", stage="commitment"),
        pledge("c", initiative="more"),
        pledge("d", initiative="hope", stage="disbursement"),
    )
    with pytest.warns(DoubleCountWarning) as caught:
        ds.total("CNY")
    assert [str(w.message).split(",")[0] for w in caught] == [
        "more: b is a commitment and c a pledge",
        "hope: a is a pledge and d a disbursement",
    ]


def test_stages_that_cannot_be_the_same_money_are_not_warned_of() -> None:
    for ds in (
        # inside one another
        with_initiative(
            pledge("a", initiative="hope"),
            pledge("b", initiative="hope", stage="commitment", part_of="a"),
        ),
        # of two initiatives, or of none
        with_initiative(
            pledge("a", initiative="hope"),
            pledge("b", initiative="more", stage="commitment"),
            pledge("c"),
            pledge("d", stage="commitment"),
        ),
        # one stage
        with_initiative(pledge("a", initiative="hope"), pledge("b", initiative="hope")),
        # another version, or another telling
        with_initiative(
            pledge("a", initiative="hope"),
            pledge("b", initiative="hope", stage="commitment", supersedes="a"),
            pledge("c", initiative="hope", stage="disbursement", restates="b"),
        ),
    ):
        assert ds.total("CNY").amount


def test_pledges_that_are_no_matter_do_not_hide_those_that_are_warned_of() -> None:
    ds = with_initiative(
        pledge("none"),
        pledge("old", initiative="hope", announced="2020"),
        pledge("a", initiative="hope", supersedes="old"),
        pledge("a1", "30 CNY", initiative="hope", part_of="a", stage="disbursement"),
        pledge("b", initiative="hope", stage="commitment"),
    )
    with pytest.warns(DoubleCountWarning, match="hope: a is a pledge and b a commitment"):
        ds.total("CNY")


def test_only_selected_and_known_pledges_are_warned_of() -> None:
    ds = with_initiative(
        pledge("a", initiative="hope"),
        pledge("b", initiative="hope", stage="commitment", announced="2021-03"),
    )
    assert ds.where(stage="pledge").total("CNY").amount == Money(100, "CNY")
    assert ds.as_of("2021-02").total("CNY").amount == Money(100, "CNY")


def test_parts_whose_whole_is_not_selected_are_roots_that_are_warned_of() -> None:
    ds = with_initiative(
        pledge("whole", initiative="hope"),
        pledge("a", initiative="hope", part_of="whole", stage="commitment"),
        pledge("b", initiative="hope", part_of="whole", stage="disbursement"),
    )
    assert ds.total("CNY").amount == Money(200, "CNY")
    with pytest.warns(DoubleCountWarning, match="hope: a is a commitment and b a disbursement"):
        ds.where(id=["a", "b"]).total("CNY")


def test_stages_of_one_initiative_of_two_companies_are_not_warned_of() -> None:
    ds = with_initiative(
        pledge("a", initiative="hope"),
        pledge("b", initiative="hope", company="other", stage="commitment"),
    )
    assert ds.total("CNY").amount == Money(200, "CNY")


def test_withdrawn_roots_are_not_warned_of() -> None:
    ds = with_initiative(
        pledge("old", initiative="hope"),
        pledge("part", "50 CNY", initiative="hope", part_of="old"),
        pledge("gone", "0 CNY", initiative="hope", supersedes="old", announced="2022"),
        pledge("b", "7 CNY", initiative="hope", stage="commitment"),
    )
    assert ds.total("CNY").amount == Money(7, "CNY")
    assert ds.where(id=["part", "b"]).total("CNY").amount == Money(7, "CNY")
    with pytest.warns(DoubleCountWarning, match="hope: old is a pledge and b a commitment"):
        ds.as_of("2021").total("CNY")
