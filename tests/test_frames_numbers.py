"""Amounts of dataframes, of every type and size: added up exactly, or refused, never silently wrong."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import commonprosperity as cp
from ledgers import DAY, KEY, faults, ledger
from typed_dataframes import CONNECTION, Make, every_engine, every_typed_engine, pa, pd


@every_typed_engine
@pytest.mark.parametrize(
    "type_", ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"]
)
def test_integers_of_any_width_add_up_beyond_it(make: Make, type_: str) -> None:
    width = int(type_.lstrip("uint"))
    unsigned = type_.startswith("u")
    extremes = (0, 2**width - 1) if unsigned else (-(2 ** (width - 1)), 2 ** (width - 1) - 1)
    for extreme in extremes:
        table = ledger(amount=pa.array([extreme] * 5, getattr(pa, type_)()))
        assert cp.frames.total(make(table), "CNY").grand.exact == 5 * extreme


@every_typed_engine
@settings(max_examples=20)
@given(st.lists(st.integers(-(2**63), 2**63 - 1), min_size=1, max_size=6), st.booleans())
def test_large_integers_add_up(make: Make, amounts: list[int], minor_units: bool) -> None:  # noqa: FBT001 (drawn)
    table = ledger(amount=pa.array(amounts, pa.int64()))
    exact = cp.frames.total(make(table), "CNY", minor_units=minor_units).grand.exact
    assert exact == Fraction(sum(amounts), 100 if minor_units else 1)


@every_engine
@settings(max_examples=20)
@given(st.lists(st.integers(-(10**38) + 1, 10**38 - 1), min_size=1, max_size=6))
@example([9 * 10**37] * 9)
@example([-9 * 10**36] * 12)
@example([9 * 10**36] * 11)
def test_large_decimals_add_up_or_are_refused(make: Make, cents: list[int]) -> None:
    amounts = [Decimal(f"{cent}E-2") for cent in cents]
    table = ledger(amount=pa.array(amounts, pa.decimal128(38, 2)))
    try:
        exact = cp.frames.total(make(table), "CNY").grand.exact
    except cp.errors.DatasetError:
        assert len(cents) * max(map(abs, cents)) >= 10**38
    else:
        assert exact == Fraction(sum(cents), 100)


@every_typed_engine
def test_decimals_that_could_need_more_than_38_digits_are_refused(make: Make) -> None:
    table = ledger(amount=pa.array([Decimal("9" * 36 + ".99")] * 200, pa.decimal128(38, 2)))
    (told,) = faults(make(table))
    assert told.startswith(("amount: could add up to more than 38 digits", ": cannot be read"))


@every_engine
def test_floats_are_refused_unless_it_is_said_how_they_were_written(make: Make) -> None:
    table = ledger(amount=[0.1, 0.29, -1234567.89, 3.0])
    (told,) = faults(make(table))
    assert told == (
        "amount: is a column of floats, which may not be exact; cast it to text or decimals, "
        "or say float_digits=2 if they were written with two decimals"
    )
    total = cp.frames.total(make(table), "CNY", float_digits=2).grand
    assert total.exact == Fraction("-1234564.50")


@every_typed_engine
@pytest.mark.parametrize("value", [0.125, 1e300, float("inf"), 1e13, 0.1 + 0.2])
def test_float_that_was_not_written_so_is_refused(make: Make, value: float) -> None:
    table = ledger(amount=[0.3, value, -value])
    assert faults(make(table), float_digits=2) == [
        "amount: is no float of 2 decimals (2 rows: 1, 2)"
    ]


@every_engine
@settings(max_examples=20)
@given(st.lists(st.integers(-(10**15) + 1, 10**15 - 1), min_size=1, max_size=5), st.integers(0, 6))
def test_floats_as_they_were_written_add_up(make: Make, units: list[int], digits: int) -> None:
    table = ledger(amount=[unit / 10**digits for unit in units])
    exact = cp.frames.total(make(table), "CNY", float_digits=digits).grand.exact
    assert exact == Fraction(sum(units), 10**digits)


def test_digits_of_floats_are_a_number_of_digits() -> None:
    with pytest.raises(cp.errors.RecordError, match="is no number of decimals from 0 to 15"):
        cp.frames.total(ledger(amount=[0.1]), "CNY", float_digits=16)


@pytest.mark.parametrize("part", ["amount", "currency", "by"])
def test_columns_have_texts_for_names(part: str) -> None:
    wrong: Any = {part: 5}
    with pytest.raises(cp.errors.RecordError) as error:
        cp.frames.total(ledger(amount=[1]), "CNY", **wrong)
    assert str(error.value) == f"{part}: 5 is no name of a column, which is a text"


@every_engine
def test_minor_units_are_those_of_each_currency(make: Make) -> None:
    exact = {
        "JPY": 250, "CNY": Fraction("2.5"), "KWD": Fraction("0.25"),
        "RSD": Fraction("2.5"), "IQD": Fraction("0.25"),
    }  # fmt: skip
    table = ledger(amount=[250] * len(exact), currency=[*exact])
    totals = cp.frames.total(
        make(table), "CNY", by="currency", minor_units=True,
        rates=cp.rates.fixed({f"{code}/CNY": 1 for code in exact if code != "CNY"}),
    )  # fmt: skip
    assert {code: total.exact for code, total in totals.items()} == exact


@every_typed_engine
def test_minor_units_are_integers(make: Make) -> None:
    table = ledger(amount=pa.array([Decimal("2.50")], pa.decimal128(9, 2)))
    assert faults(make(table), minor_units=True) == [
        "amount: is a column of decimals; minor_units=True is for integers"
    ]
    table = ledger(amount=["250", "2.5"])
    assert faults(make(table), minor_units=True) == ["amount: is no plain integer (1 row: 1)"]


@every_engine
def test_texts_are_amounts_where_they_are_plain_numbers(make: Make) -> None:
    table = ledger(amount=["1234.56", "-0.000000001", "7"])
    exact = cp.frames.total(make(table), "CNY").grand.exact
    assert exact == Fraction("1241.559999999")
    padless: Any = cp.frames.total(make(ledger(amount=["5000.00", "300.10"])), "CNY").grand
    assert [str(part.added) for part in padless.sums] == ["5,300.1 CNY"]
    table = ledger(amount=["1,000", "5 yuan", "1e3", "", "0.0000000001", "1\n", "٣", "2"])
    assert faults(make(table)) == [
        'amount: is no plain number such as 1234.56, or 1,234.56 with locale="en" (7 rows: 0, 1, 2, 3, 4, ...)'
    ]


@every_typed_engine
@pytest.mark.parametrize(
    ("type_", "large"), [(pa.int64(), 2**62), (pa.decimal128(38, 0), 9 * 10**36)]
)
def test_large_amount_of_a_small_group_lets_a_large_group_be(
    make: Make, type_: Any, large: int
) -> None:
    table = ledger(
        amount=pa.array(
            [large, *[Decimal(1)] * 20] if large > 2**63 else [large, *[1] * 20], type_
        ),
        cause=["large", *["many"] * 20],
    )
    totals = cp.frames.total(make(table), "CNY", by="cause")
    assert {group: total.exact for group, total in totals.items()} == {"large": large, "many": 20}


@pytest.mark.parametrize(
    "frame",
    [
        CONNECTION.sql("SELECT '1011'::BIT AS amount"),
        CONNECTION.sql("SELECT uuid() AS amount"),
        pa.table({"amount": pa.array([DAY], pa.date64())}),
        pa.table({"amount": pa.array([b"1"], pa.large_binary())}),
        pd.DataFrame({"amount": pd.period_range("2021-01", periods=1, freq="M")}),
    ],
    ids=["bits", "uuid", "date64", "binary", "months"],
)
def test_amounts_of_a_type_that_is_not_known_are_no_numbers(frame: Any) -> None:
    (told,) = faults(frame, **KEY)
    assert told.startswith(
        ("amount: has a type that holds no amounts; cast it (", "amount: is no plain")
    )


@every_typed_engine
def test_short_floats_are_refused(make: Make) -> None:
    (told,) = faults(make(ledger(amount=pa.array([0.5], pa.float32()))), float_digits=2)
    assert told == "amount: is a column of Float32, which holds no seven digits; read it as text"
