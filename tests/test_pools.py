"""Corrections below zero, and pools: payments taken from commitments that no link names."""

from decimal import Context, localcontext
from typing import Any

import attrs
import pytest

from commonprosperity import DoubleCountWarning, Initiative, Money, Pledge, Stage
from commonprosperity.errors import DatasetError, Fault
from commonprosperity.progress import Progress
from commonprosperity.sentence import Sentence
from strategies import dataset, pledge

WATER = Initiative(id="water", name="Water", pooled=True)
SCHOOLS = Initiative(id="schools", name="Schools", pooled=True)
RIVERS = Initiative(id="rivers", name="Rivers")


def lines(*pledges: Pledge, **selected: Any) -> dict[str, tuple[str, str]]:
    """What counts of each pledge, and why."""
    ds = dataset(*pledges, initiatives=[WATER, SCHOOLS, RIVERS])
    return lines_of(ds.where(**selected))


def lines_of(ds: Any) -> dict[str, tuple[str, str]]:
    items = ds.total("CNY").items
    return {item.pledge.id: (str(item.counted), item.reason) for item in items}


def total(*pledges: Pledge) -> Money:
    return dataset(*pledges, initiatives=[WATER, SCHOOLS, RIVERS]).total("CNY").amount


def contract(id_: str, amount: str, **facts: Any) -> Pledge:
    return pledge(id_, amount, **{"stage": "commitment", **facts})


def payment(id_: str, amount: str, **facts: Any) -> Pledge:
    return pledge(id_, amount, **{"stage": "disbursement", **facts})


def changed(record: Pledge, **facts: Any) -> Pledge:
    return attrs.evolve(record, **facts)


# Corrections


def test_correction_lowers_the_sum() -> None:
    assert lines(payment("paid", "1300 CNY"), payment("refund", "-326 CNY")) == {
        "paid": ("1,300 CNY", "counted"),
        "refund": ("-326 CNY", "counted"),
    }
    assert total(payment("paid", "1300 CNY"), payment("refund", "-326 CNY")) == Money(974, "CNY")


def test_correction_inside_a_record_of_its_own_stage_is_taken_off_it() -> None:
    assert lines(contract("c", "100 CNY"), contract("less", "-30 CNY", part_of="c")) == {
        "c": ("70 CNY", "counted, less its corrections"),
        "less": ("0 CNY", "taken off c"),
    }


def test_corrected_record_leaves_over_what_its_parts_do_not_take_of_the_lower_amount() -> None:
    assert lines(
        pledge("p", "200 CNY"),
        contract("c", "100 CNY", part_of="p"),
        contract("less", "-30 CNY", part_of="c"),
        payment("paid", "50 CNY", part_of="c"),
    ) == {
        "p": ("130 CNY", "left over by its parts"),
        "c": ("20 CNY", "left over by its parts"),
        "less": ("0 CNY", "taken off c"),
        "paid": ("50 CNY", "counted"),
    }


def test_corrections_lower_a_record_no_further_than_to_nothing() -> None:
    assert lines(
        payment("paid", "50 CNY"),
        payment("one", "-30 CNY", part_of="paid"),
        payment("two", "-30 CNY", part_of="paid"),
    ) == {
        "paid": ("0 CNY", "counted, less its corrections"),
        "one": ("0 CNY", "taken off paid"),
        "two": ("0 CNY", "taken off paid"),
    }


def test_correction_of_a_payment_gives_money_back_to_its_pledge() -> None:
    assert lines(
        pledge("p", "100 CNY"),
        payment("paid", "80 CNY", part_of="p"),
        payment("refund", "-20 CNY", part_of="p"),
    ) == {
        "p": ("40 CNY", "left over by its parts"),
        "paid": ("80 CNY", "counted"),
        "refund": ("-20 CNY", "counted"),
    }


def test_whole_never_leaves_over_more_than_its_own_amount() -> None:
    records = (
        pledge("outer", "300 CNY"),
        pledge("p", "100 CNY", part_of="outer"),
        payment("paid", "10 CNY", part_of="p"),
        payment("refund", "-20 CNY", part_of="p"),
    )
    assert lines(*records) == {
        "outer": ("210 CNY", "left over by its parts"),  # 300 less 90, the worth of "p"
        "p": ("100 CNY", "left over by its parts"),
        "paid": ("10 CNY", "counted"),
        "refund": ("-20 CNY", "counted"),
    }
    assert total(*records) == Money(300, "CNY")


def test_correction_alone_in_a_whole_leaves_all_of_it_over() -> None:
    assert lines(pledge("p", "100 CNY"), payment("refund", "-20 CNY", part_of="p")) == {
        "p": ("100 CNY", "left over by its parts"),
        "refund": ("-20 CNY", "counted"),
    }


def test_correction_in_another_currency_lowers_through_its_equivalent() -> None:
    records = lines(
        pledge("p", "100 CNY"),
        payment("paid", "10 USD", part_of="p", equivalents=["65 CNY"]),
        payment("refund", "-5 EUR", part_of="paid", equivalents=["-6 USD", "-40 CNY"]),
    )
    assert records["p"] == ("75 CNY", "left over by its parts")  # 100 less 65 less 40
    assert records["paid"] == ("4 USD", "counted, less its corrections")


def test_correction_is_corrected_by_a_later_version() -> None:
    assert lines(
        payment("paid", "100 CNY"),
        payment("refund", "-30 CNY", part_of="paid"),
        payment("true-refund", "-20 CNY", supersedes="refund", announced="2022"),
    )["paid"] == ("80 CNY", "counted, less its corrections")


def test_correction_stays_where_its_promise_is_withdrawn() -> None:
    records = lines(
        pledge("p", "100 CNY"),
        payment("paid", "50 CNY", part_of="p"),
        payment("refund", "-20 CNY", part_of="p"),
        pledge("gone", "0 CNY", supersedes="p", announced="2022"),
    )
    assert records["paid"] == ("50 CNY", "counted")
    assert records["refund"] == ("-20 CNY", "counted")


@pytest.mark.parametrize(
    ("facts", "low", "high"),
    [
        ({}, "70", "70"),
        ({"qualifier": "about"}, "69.5", "70.5"),
        ({"qualifier": "about", "amount": "-7 CNY"}, "92.95", "93.05"),
    ],
)
def test_bounds_of_a_correction(facts: dict[str, str], low: str, high: str) -> None:
    refund = payment("refund", **{"amount": "-30 CNY", **facts})
    for part_of in (None, "paid"):
        records = payment("paid", "100 CNY"), changed(refund, part_of=part_of)
        counted = dataset(*records).total("CNY")
        assert (counted.low, counted.high) == (Money(low, "CNY"), Money(high, "CNY"))


def test_corrected_part_grows_only_into_what_its_whole_leaves_over() -> None:
    ds = dataset(
        pledge("p", "100 CNY"),
        contract("a", "90 CNY", part_of="p"),
        contract("less", "-30 CNY", part_of="a", qualifier="about"),
        contract("b", "40 CNY", part_of="p"),
    )
    counted = ds.total("CNY")
    assert (counted.low, counted.amount, counted.high) == (Money(100, "CNY"),) * 3
    at_high = ds.counting.at_high
    assert [str(at_high.line(p).amount) for p in ds] == ["0", "60", "0", "40"]


def test_correction_has_no_parts() -> None:
    with pytest.raises(DatasetError) as caught:
        dataset(
            payment("refund", "-20 CNY"),
            payment("told", "-21 CNY", restates="refund"),
            payment("part", "5 CNY", part_of="told"),
        )
    problem = "refund is a correction, -20 CNY, which has no parts; name what it corrects"
    assert caught.value.faults == (Fault("part", "part_of", Sentence(problem)),)


def test_group_of_a_correction_may_be_below_zero() -> None:
    ds = dataset(
        payment("paid", "100 CNY", announced="2021"),
        payment("refund", "-30 CNY", announced="2022"),
    )
    totals = ds.totals("CNY", by="year")
    assert {year: one.exact for year, one in totals.items()} == {"2021": 100, "2022": -30}
    assert [*totals] == ["2021", "2022"]
    assert sum(totals.shares.values()) == 1


# Pools


def water(record: Pledge, **facts: Any) -> Pledge:
    return changed(record, initiative="water", **facts)


AID = [
    water(contract("c1", "60 CNY", announced="2020-01-01")),
    water(contract("c2", "40 CNY", announced="2020-06-01")),
    water(payment("d1", "30 CNY", announced="2020-07-01")),
    water(payment("d2", "50 CNY", announced="2020-08-01")),
]


def test_payments_draw_on_the_oldest_commitments_of_their_pool() -> None:
    assert lines(*AID) == {
        "c1": ("0 CNY", "drawn by d1"),
        "c2": ("20 CNY", "drawn by d2"),
        "d1": ("30 CNY", "counted"),
        "d2": ("50 CNY", "counted"),
    }


def test_pool_counts_what_is_committed_once() -> None:
    counted = dataset(*AID, initiatives=[WATER]).total("CNY")
    assert counted.amount == Money(100, "CNY")
    assert counted.by_stage == {
        Stage.COMMITMENT: Money(20, "CNY"),
        Stage.DISBURSEMENT: Money(80, "CNY"),
    }


def test_progress_of_a_pool_is_paid_out_of_what_is_committed() -> None:
    progress = dataset(*AID, initiatives=[WATER]).progress()
    pledged, committed, disbursed, outstanding, unknown = (
        Money(number, "CNY") for number in (100, 100, 80, 20, 0)
    )
    assert progress == Progress(pledged, committed, disbursed, outstanding, unknown)


def test_progress_of_a_pool_without_payments_is_unknown() -> None:
    progress = dataset(*AID[:2], initiatives=[WATER]).progress()
    assert progress == Progress(Money(100, "CNY"), Money(100, "CNY"), None, None, Money(100, "CNY"))


def test_commitments_and_payments_draw_on_the_oldest_pledges() -> None:
    assert lines(
        water(pledge("p1", "50 CNY", announced="2021-01-01")),
        water(pledge("p2", "80 CNY", announced="2021-01-02")),
        water(contract("c", "40 CNY", announced="2021-01-03")),
        water(payment("d", "70 CNY", announced="2021-01-04")),
    ) == {
        "p1": ("0 CNY", "drawn by c"),
        "p2": ("60 CNY", "drawn by d"),  # 80 less 20: "d" found 40 in the contract, 10 in "p1"
        "c": ("0 CNY", "drawn by d"),
        "d": ("70 CNY", "counted"),
    }


def test_payment_draws_on_a_commitment_that_was_announced_later() -> None:
    assert lines(
        water(payment("d", "70 CNY", announced="2020")),
        water(contract("c", "100 CNY", announced="2021")),
    )["c"] == ("30 CNY", "drawn by d")


def test_smallest_id_draws_first_and_is_drawn_first_on_one_day() -> None:
    assert lines(
        water(payment("z", "5 CNY")),
        water(payment("y", "5 CNY")),
        water(contract("b", "7 CNY")),
        water(contract("a", "7 CNY")),
    ) == {
        "z": ("5 CNY", "counted"),
        "y": ("5 CNY", "counted"),
        "b": ("4 CNY", "drawn by z"),
        "a": ("0 CNY", "drawn by y"),
    }


def test_more_paid_than_committed_counts_in_full() -> None:
    records = water(contract("c", "50 CNY")), water(payment("d", "80 CNY"))
    assert lines(*records) == {"c": ("0 CNY", "drawn by d"), "d": ("80 CNY", "counted")}


def test_corrections_of_a_pool_lower_the_newest_of_their_own_stage() -> None:
    assert lines(
        water(contract("c1", "60 CNY", announced="2020-01")),
        water(contract("c2", "40 CNY", announced="2020-06")),
        water(contract("less", "-50 CNY", announced="2020-03")),
        water(payment("d", "30 CNY", announced="2020-07")),
        water(payment("back", "-10 CNY", announced="2020-08")),
    ) == {
        "c1": ("30 CNY", "drawn by d"),
        "c2": ("0 CNY", "counted, less its corrections"),
        "less": ("0 CNY", "taken off c2"),
        "d": ("20 CNY", "counted, less its corrections"),
        "back": ("0 CNY", "taken off d"),
    }


def test_stage_of_a_pool_is_never_below_zero() -> None:
    assert lines(
        water(contract("c", "50 CNY")),
        water(payment("d", "10 CNY")),
        water(payment("back", "-30 CNY")),
    ) == {
        "c": ("50 CNY", "counted"),
        "d": ("0 CNY", "counted, less its corrections"),
        "back": ("0 CNY", "taken off d"),
    }
    assert lines(water(contract("c", "50 CNY")), water(payment("back", "-30 CNY"))) == {
        "c": ("50 CNY", "counted"),
        "back": ("0 CNY", "there is nothing to take it off"),
    }


def test_part_has_drawn_on_its_whole_and_draws_no_more() -> None:
    assert lines(
        water(contract("c1", "60 CNY")),
        water(contract("c2", "40 CNY")),
        water(payment("d1", "30 CNY", part_of="c2")),
        water(payment("d2", "50 CNY")),
    ) == {
        "c1": ("10 CNY", "drawn by d2"),
        "c2": ("10 CNY", "left over by its parts"),
        "d1": ("30 CNY", "counted"),
        "d2": ("50 CNY", "counted"),
    }


def test_payment_inside_a_commitment_is_drawn_by_no_other_payment() -> None:
    assert lines(
        water(contract("c", "40 CNY")),
        water(payment("d1", "30 CNY", part_of="c")),
        water(payment("d2", "50 CNY")),
    ) == {
        "c": ("0 CNY", "drawn by d2"),
        "d1": ("30 CNY", "counted"),
        "d2": ("50 CNY", "counted"),
    }


def test_promise_inside_a_commitment_is_drawn_by_payments_and_by_no_other_commitment() -> None:
    records = (
        water(contract("c", "60 CNY")),
        water(pledge("inside", "40 CNY", part_of="c")),
        water(contract("free", "30 CNY")),
    )
    assert lines(*records)["inside"] == ("40 CNY", "counted")
    paid = water(payment("d", "85 CNY"))
    assert lines(*records, paid) == {
        "c": ("0 CNY", "drawn by d"),
        "inside": ("5 CNY", "drawn by d"),
        "free": ("0 CNY", "drawn by d"),
        "d": ("85 CNY", "counted"),
    }


def test_part_of_a_commitment_draws_on_pledges_with_it() -> None:
    records = (
        water(pledge("p", "150 CNY")),
        water(contract("c", "100 CNY")),
        water(payment("d", "60 CNY", part_of="c")),
    )
    assert lines(*records)["p"] == ("50 CNY", "drawn by c")
    assert total(*records) == Money(150, "CNY")


def test_refund_inside_a_pledge_lowers_what_was_paid_inside_it() -> None:
    records = (
        water(pledge("p", "100 CNY")),
        water(payment("d1", "30 CNY", part_of="p", announced="2021-02")),
        water(payment("d2", "50 CNY", announced="2021-03")),
        water(payment("back", "-20 CNY", part_of="p", announced="2021-04")),
    )
    assert lines(*records) == {
        "p": ("40 CNY", "drawn by d2"),
        "d1": ("10 CNY", "counted, less its corrections"),
        "d2": ("50 CNY", "counted"),
        "back": ("0 CNY", "taken off d1"),
    }


def test_trees_that_begin_with_pledges_count_the_same_in_a_pool() -> None:
    records = (
        pledge("p", "150 CNY"),
        contract("c", "100 CNY", part_of="p"),
        payment("d", "60 CNY", part_of="c"),
        payment("d2", "20 CNY", part_of="p"),
    )
    assert lines(*records) == lines(*map(water, records))


def test_pool_is_of_one_company_and_one_initiative() -> None:
    for facts in ({"company": "other"}, {"initiative": "schools"}):
        records = water(contract("c", "60 CNY")), changed(AID[3], **facts)
        assert total(*records) == Money(110, "CNY")


def test_pool_is_of_what_is_selected_and_known() -> None:
    ds = dataset(*AID, initiatives=[WATER])
    assert ds.where(stage="commitment").total("CNY").amount == Money(100, "CNY")
    assert ds.where(stage="disbursement").total("CNY").amount == Money(80, "CNY")
    assert ds.where(id=["c2", "d1"]).total("CNY").amount == Money(40, "CNY")
    assert lines_of(ds.as_of("2020-07-15")) == {
        "c1": ("30 CNY", "drawn by d1"),
        "c2": ("40 CNY", "counted"),
        "d1": ("30 CNY", "counted"),
    }


def test_groups_of_a_pool_add_up() -> None:
    totals = dataset(*AID, initiatives=[WATER]).totals("CNY", by=lambda p: p.id)
    assert {id_: one.exact for id_, one in totals.items()} == {
        "d2": 50, "d1": 30, "c2": 20, "c1": 0,
    }  # fmt: skip
    assert totals.grand.exact == 100


def test_pool_counts_again_at_the_low_and_at_the_high() -> None:
    counted = dataset(
        water(contract("c", "100 CNY", qualifier="up_to")),
        water(payment("d", "30 CNY", qualifier="about")),
        water(payment("e", "20 CNY", high="40 CNY")),
        initiatives=[WATER],
    ).total("CNY")
    assert (counted.low, counted.high) == (Money("49.5", "CNY"), Money(100, "CNY"))


@pytest.mark.parametrize("open_stages", [{"commitment"}, {"disbursement"}, {*Stage}])
def test_pool_without_an_end_has_no_high(open_stages: set[str]) -> None:
    records = [
        water(pledge(stage, "10 CNY", stage=stage, qualifier="at_least"))
        if stage in open_stages
        else water(pledge(stage, "10 CNY", stage=stage))
        for stage in Stage
    ]
    counted = dataset(*records, initiatives=[WATER]).total("CNY")
    assert (counted.low, counted.amount, counted.high) == (Money(10, "CNY"),) * 2 + (None,)


def test_versions_and_retellings_are_no_matter_to_a_pool() -> None:
    records = (
        water(contract("c", "60 CNY")),
        water(contract("c-new", "70 CNY", supersedes="c", announced="2022")),
        water(payment("d", "30 CNY", announced="2023")),
        water(payment("d-told", "31 CNY", restates="d", announced="2023")),
    )
    assert lines(*records) == {
        "c": ("0 CNY", "superseded by c-new"),
        "c-new": ("40 CNY", "drawn by d"),
        "d": ("30 CNY", "counted"),
        "d-told": ("0 CNY", "restates d"),
    }


def test_what_was_withdrawn_is_drawn_by_none() -> None:
    records = (
        water(pledge("p", "60 CNY")),
        water(pledge("part", "40 CNY", part_of="p")),
        water(pledge("gone", "0 CNY", supersedes="p", announced="2022")),
        water(payment("d", "30 CNY")),
    )
    assert lines(*records)["part"] == ("0 CNY", "withdrawn with gone")
    assert total(*records) == Money(30, "CNY")


# Currencies of a pool


def test_payment_in_another_currency_draws_through_its_equivalent() -> None:
    assert lines(
        water(contract("c", "100 CNY")),
        water(payment("d", "10 USD", equivalents=["4 EUR", "65 CNY"])),
    ) == {"c": ("35 CNY", "drawn by d"), "d": ("10 USD", "counted")}


def test_what_is_left_of_another_currency_is_its_share_to_the_cent() -> None:
    assert lines(
        water(contract("c", "10 USD", equivalents=["60 CNY"])),
        water(payment("d1", "10 CNY")),
        water(payment("d2", "10 CNY")),
    )["c"] == ("6.67 USD", "drawn by d1")


def test_what_is_left_over_draws_in_the_ratio_of_its_own_figures() -> None:
    assert lines(
        water(contract("c", "100 CNY")),
        water(payment("d", "10 USD", equivalents=["65 CNY"])),
        water(payment("e", "4 USD", equivalents=["30 CNY"], part_of="d")),
    ) == {
        "c": ("31.00 CNY", "drawn by d"),  # 100 less 39, of the 6 USD that "d" leaves over, less 30
        "d": ("6 USD", "left over by its parts"),
        "e": ("4 USD", "counted"),
    }


def test_nothing_draws_nothing_whatever_its_equivalent_is() -> None:
    ds = dataset(
        water(contract("c", "100 CNY")),
        water(payment("none", "0 USD", equivalents=["5 CNY"])),
        water(payment("some", "0 USD", high="10 USD", equivalents=["7 CNY"])),
        initiatives=[WATER],
    )
    assert lines_of(ds)["c"] == ("100 CNY", "counted")
    assert str(ds.counting.at_high.line(ds.pledges[0]).amount) == "100"


def test_pool_is_in_the_currency_that_most_records_give() -> None:
    (pool,) = dataset(
        water(contract("c", "10 USD", equivalents=["60 CNY"])),
        water(payment("d", "10 EUR", equivalents=["70 CNY"])),
        initiatives=[WATER],
    ).counting.pools
    assert pool.currency == "CNY"


def test_currencies_without_equivalents_stay_apart_with_a_warning() -> None:
    records = (
        water(contract("c", "100 CNY")),
        water(payment("d", "10 CNY")),
        water(contract("c-us", "50 USD", announced="2021-01-05")),
        water(payment("d-us", "20 USD", announced="2021-01-06")),
    )
    ds = dataset(*records, initiatives=[WATER])
    with pytest.warns(DoubleCountWarning) as caught:
        items = ds.total("CNY").items
    assert [str(item.counted) for item in items] == ["90 CNY", "10 CNY", "30 USD", "20 USD"]
    (warning,) = caught
    assert str(warning.message) == (
        "water: what acme has in USD (c-us) draws on nothing in CNY (c), and the other way round; "
        "if they are the same money, give equivalents in CNY"
    )
    assert warning.filename == __file__


def test_callers_decimal_context_changes_nothing_of_pools_and_corrections() -> None:
    records = (
        water(contract("c", "100000.01 CNY")),
        water(payment("d", "70000.002 CNY")),
        water(payment("back", "-10000.0003 CNY", part_of="d")),
        water(contract("us", "5000.01 USD")),
    )
    with localcontext(Context(prec=3)), pytest.warns(DoubleCountWarning):
        items = dataset(*records, initiatives=[WATER]).total("CNY").items
    assert [str(item.counted.amount) for item in items] == [
        "40000.0083", "60000.0017", "0", "5000.01",
    ]  # fmt: skip


def test_currencies_of_one_stage_need_no_warning() -> None:
    records = water(payment("d", "10 CNY")), water(payment("d-us", "10 USD"))
    assert total(*records) > Money(70, "CNY")


def test_warning_of_currencies_names_none_in_which_nothing_counts() -> None:
    ds = dataset(
        water(contract("nothing", "0 CNY")),
        water(contract("still-nothing", "0 CNY")),
        water(contract("c", "50 USD")),
        water(payment("d", "20 EUR")),
        initiatives=[WATER],
    )
    assert [pool.currency for pool in ds.counting.pools] == ["CNY", "EUR", "USD"]
    ((pool, other),) = ds.counting.pools_apart
    assert (pool.currency, other.currency) == ("EUR", "USD")


# Warnings


def test_stages_of_a_pool_are_no_matter_and_those_of_others_are() -> None:
    assert total(*AID) == Money(100, "CNY")
    with pytest.warns(DoubleCountWarning, match="rivers: c1 is a commitment and d1 a disburse"):
        total(*(changed(record, initiative="rivers") for record in AID))


def test_pool_of_fifty_thousand_records_takes_no_recursion_and_no_square_of_time() -> None:
    count = 50_000
    contracts = [water(contract(f"c{at}", "2 CNY")) for at in range(count // 2)]
    payments = [water(payment(f"d{at}", "1 CNY")) for at in range(count // 2)]
    assert total(*contracts, *payments) == Money(count, "CNY")
