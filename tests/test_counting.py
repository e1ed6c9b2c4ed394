from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import inf
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonprosperity import Money, Pledge
from commonprosperity.counting import Counting
from commonprosperity.errors import DatasetError, Fault, RateNotFoundError
from commonprosperity.messages import in_language
from commonprosperity.records import Stage
from commonprosperity.sentence import Sentence
from counted import counts, faults_of
from oracle import Oracle, as_stated, at_low
from strategies import INITIATIVES, dataset, pledge, pools, tangles, trees

DAYS = [date(2021, 1, 3), date(2021, 1, 4), date(2021, 1, 5), date(2021, 1, 31), date(2021, 2, 1)]


# Against the oracle


@pytest.mark.filterwarnings("ignore::commonprosperity.DoubleCountWarning")
@settings(max_examples=300)
@given(tangles(), st.data())
def test_each_record_counts_for_what_the_design_says_and_for_its_reason(
    pledges: list[Pledge], data: st.DataObject
) -> None:
    ids = [p.id for p in pledges]
    selected = data.draw(st.just(ids) | st.sets(st.sampled_from(ids))) if ids else []
    day = data.draw(st.none() | st.sampled_from(DAYS))
    oracle = Oracle(pledges, [id_ for id_ in ids if id_ in selected], day, ["water"])
    if Oracle(pledges, ids).is_refused():
        with pytest.raises(DatasetError):
            dataset(*pledges, initiatives=INITIATIVES)
        return
    ds = dataset(*pledges, initiatives=INITIATIVES)
    if day and data.draw(st.booleans()):
        ds = ds.as_of(day).where(lambda p: p.id in selected)
    else:
        ds = ds.where(lambda p: p.id in selected)
        ds = ds.as_of(day) if day else ds
    if oracle.is_short_of_equivalents():
        with pytest.raises(DatasetError):
            ds.total("CNY")
        return
    items = ds.total("CNY").items
    assert [item.pledge for item in items] == oracle.selected
    for item in items:
        told = oracle.told()[item.pledge.id]
        assert Fraction(item.counted.amount) == told.amount
        assert item.counted.currency == item.pledge.amount.currency
        assert item.reason == told.reason
        assert (item.rate is None) == (told.amount == 0)


@pytest.mark.filterwarnings("ignore::commonprosperity.DoubleCountWarning")
@settings(max_examples=300)
@given(tangles(short_of_equivalents=False), st.data())
def test_bounds_are_what_the_design_says(pledges: list[Pledge], data: st.DataObject) -> None:
    ids = [p.id for p in pledges]
    if Oracle(pledges, ids).is_refused():
        return
    day = data.draw(st.none() | st.sampled_from(DAYS))
    selected = data.draw(st.just(ids) | st.sets(st.sampled_from(ids))) if ids else []
    ds = dataset(*pledges, initiatives=INITIATIVES).where(lambda p: p.id in selected)
    ds = ds.as_of(day) if day else ds
    oracle = Oracle(pledges, [id_ for id_ in ids if id_ in selected], day, ["water"])
    total = ds.total("CNY", on="2021-01-04")
    low, amount, high = (
        sum(
            told.amount * ds_factor(oracle.all[id_])
            for id_, told in oracle.told(measured).items()
            if told.amount
        )
        for measured in (at_low, as_stated, oracle.at_high_within_wholes)
    )
    assert total.exact == amount
    assert total.low == min(total.amount, Money.rounded(Fraction(low), "CNY"))
    if high == inf:
        assert total.high is None
    else:
        assert total.high == max(total.amount, Money.rounded(Fraction(high), "CNY"))


@settings(max_examples=300)
@given(trees() | pools(), st.data())
def test_trees_and_pools_are_shared_out_and_withdrawn_as_the_design_says(
    pledges: list[Pledge], data: st.DataObject
) -> None:
    ids = [p.id for p in pledges]
    if Oracle(pledges, ids).is_refused():
        return
    selected = data.draw(st.just(ids) | st.sets(st.sampled_from(ids)))
    day = data.draw(st.none() | st.sampled_from(DAYS))
    ds = dataset(*pledges, initiatives=INITIATIVES).where(lambda p: p.id in selected)
    counting = (ds.as_of(day) if day else ds).counting
    oracle = Oracle(pledges, [id_ for id_ in ids if id_ in selected], day, ["water"])
    for counted, measured in (
        (counting, as_stated),
        (counting.at_low, at_low),
        (counting.at_high, oracle.at_high_within_wholes),
    ):
        for id_, told in oracle.told(measured).items():
            assert tuple(told) == tuple(counted.line(oracle.all[id_])), id_
    mixed = {(one.company, one.initiative) for one, _ in counting.mixed_stages}
    assert mixed == oracle.mixed_stages()
    apart = [one.owner for one, _ in counting.pools_apart]
    assert len(apart) == len({*apart})
    assert {*apart} == oracle.owners_of_pools_apart()
    delivered = oracle.delivered()
    for record in oracle.selected:
        assert tuple(counting.delivery(record) or ()) == tuple(delivered.get(record.id, ()))


@settings(max_examples=300)
@given(tangles(short_of_equivalents=False) | trees() | pools(), st.data())
def test_selection_counts_as_if_nothing_else_had_been_counted_before(
    pledges: list[Pledge], data: st.DataObject
) -> None:
    ids = [p.id for p in pledges]
    if Oracle(pledges, ids).is_refused():
        return
    ds = dataset(*pledges, initiatives=INITIATIVES)
    selected = data.draw(st.just(ids) | st.sets(st.sampled_from(ids))) if ids else []
    few = ds.where(lambda p: p.id in selected)
    anew = Counting(few.pledges, ds.links, frozenset({"water"}))
    for one, other in (
        (few.counting, anew),
        (few.counting.at_low, anew.at_low),
        (few.counting.at_high, anew.at_high),
    ):
        assert [one.line(p) for p in few] == [other.line(p) for p in few]
        assert [*one.amounts(few.pledges)] == [other.line(p).amount for p in few]
    assert few.counting.mixed_stages == anew.mixed_stages


def test_trees_that_are_selected_as_a_whole_are_not_counted_again() -> None:
    ds = dataset(
        pledge("whole"), pledge("part", "60 CNY", part_of="whole"),
        pledge("told"), pledge("again", restates="told"), pledge("alone"),
    )  # fmt: skip
    assert ds.where().counting is ds.counting
    whole_trees = ds.where(lambda p: p.id in {"whole", "part", "alone"})
    assert whole_trees.counting.lines is ds.counting.lines
    cut = ds.where(lambda p: p.id != "part").counting
    assert cut.line(ds.pledge("whole")).amount == 100
    assert cut.line(ds.pledge("again")) is ds.counting.line(ds.pledge("again"))


SUMS = st.lists(st.tuples(st.sampled_from(Stage), st.integers(-50, 200)), max_size=9)


@settings(max_examples=300)
@given(SUMS, st.randoms(use_true_random=False))
def test_pool_without_links_counts_as_its_formula_says(
    amounts: list[tuple[Stage, int]], random: Random
) -> None:
    net = dict.fromkeys(Stage, 0)
    records = []
    for at, (stage, number) in enumerate(amounts):
        amount = abs(number) if stage is Stage.PLEDGE else number
        net[stage] += amount
        day = f"2021-01-{random.randint(1, 20):02}"
        facts = {"stage": stage, "initiative": "water", "announced": day}
        records.append(pledge(f"p{at}", Money(amount, "CNY"), **facts))
    total = dataset(*records, initiatives=INITIATIVES).total("CNY")
    promised, committed, paid = (max(0, amount) for amount in net.values())
    counted = dict.fromkeys(Stage, Money(0, "CNY")) | total.by_stage
    assert counted == {
        Stage.PLEDGE: Money(max(0, promised - max(committed, paid)), "CNY"),
        Stage.COMMITMENT: Money(max(0, committed - paid), "CNY"),
        Stage.DISBURSEMENT: Money(paid, "CNY"),
    }
    assert total.exact == max(promised, committed, paid)
    assert all(item.counted.amount >= 0 for item in total.items)


def ds_factor(record: Pledge) -> Fraction:
    """What a pledge's currency was in yuan on the first working day of 2021, as published."""
    return (
        Fraction("7.9484") / Fraction("1.2296") if record.amount.currency == "USD" else Fraction(1)
    )


# Parts


def test_part_inside_its_whole_leaves_the_rest_to_it() -> None:
    ds = dataset(pledge("whole"), pledge("part", "30 CNY", part_of="whole"))
    assert counts(ds) == {
        "whole": ("70 CNY", "left over by its parts"),
        "part": ("30 CNY", "counted"),
    }


def test_whole_that_its_parts_use_up_counts_for_nothing() -> None:
    ds = dataset(
        pledge("one", "50 CNY", part_of="whole"),
        pledge("whole"),
        pledge("two", "50 CNY", part_of="whole"),
    )
    assert counts(ds) == {
        "one": ("50 CNY", "counted"),
        "whole": ("0 CNY", "its parts count"),
        "two": ("50 CNY", "counted"),
    }


def test_parts_that_exceed_their_whole_count_in_full() -> None:
    ds = dataset(
        pledge("whole"),
        pledge("one", "90 CNY", part_of="whole"),
        pledge("two", "40 CNY", part_of="whole"),
    )
    assert counts(ds)["whole"] == ("0 CNY", "its parts count")
    assert ds.total("CNY").amount == Money(130, "CNY")


def test_worth_of_a_part_is_the_larger_of_its_amount_and_its_parts() -> None:
    ds = dataset(
        pledge("whole"),
        pledge("small", "20 CNY", part_of="whole"),
        pledge("larger", "60 CNY", part_of="small"),
        pledge("large", "30 CNY", part_of="whole"),
        pledge("smaller", "5 CNY", part_of="large"),
    )
    assert counts(ds) == {
        "whole": ("10 CNY", "left over by its parts"),
        "small": ("0 CNY", "its parts count"),
        "larger": ("60 CNY", "counted"),
        "large": ("25 CNY", "left over by its parts"),
        "smaller": ("5 CNY", "counted"),
    }


def test_part_hangs_on_its_nearest_selected_ancestor() -> None:
    ds = dataset(
        pledge("whole"),
        pledge("middle", "60 CNY", part_of="whole"),
        pledge("part", "30 CNY", part_of="middle"),
    )
    assert counts(ds.where(id=["whole", "part"])) == {
        "whole": ("70 CNY", "left over by its parts"),
        "part": ("30 CNY", "counted"),
    }
    assert counts(ds.where(id="part")) == {"part": ("30 CNY", "counted")}


def test_part_counts_alone_where_its_whole_is_not_known_yet() -> None:
    ds = dataset(pledge("whole", announced="2021-05-01"), pledge("part", "30 CNY", part_of="whole"))
    assert counts(ds.as_of("2021-04-30")) == {"part": ("30 CNY", "counted")}


def test_links_of_a_later_version_hold_from_the_day_it_is_known() -> None:
    ds = dataset(
        pledge("whole"),
        pledge("old", "60 CNY"),
        pledge("new", "60 CNY", supersedes="old", part_of="whole", announced="2022-05-01"),
    )
    assert counts(ds.as_of("2022-04-30")) == {
        "whole": ("100 CNY", "counted"),
        "old": ("60 CNY", "counted"),
    }
    assert ds.as_of("2022-05-01").total("CNY").amount == Money(100, "CNY")


def test_version_that_is_not_known_yet_does_not_say_what_its_pledge_is_inside() -> None:
    ds = dataset(
        pledge("early"),
        pledge("late"),
        pledge("old", "60 CNY"),
        pledge("old-again", "60 CNY", restates="old", part_of="early"),
        pledge("new", "60 CNY", supersedes="old", part_of="late", announced="2022-05-01"),
        pledge("part", "10 CNY", part_of="new"),
    )

    def left(day: str) -> list[str]:
        lines = counts(ds.as_of(day))
        return [lines[whole][0] for whole in ("early", "late")]

    assert left("2022-04-30") == ["40 CNY", "100 CNY"]
    assert left("2022-05-01") == ["100 CNY", "40 CNY"]


def test_withdrawn_part_leaves_all_to_its_whole() -> None:
    ds = dataset(pledge("whole"), pledge("part", "0 CNY", part_of="whole"))
    assert counts(ds) == {
        "whole": ("100 CNY", "left over by its parts"),
        "part": ("0 CNY", "counted"),
    }


def test_parts_of_other_wholes_leave_a_whole_alone() -> None:
    ds = dataset(
        pledge("a", "10 CNY"),
        pledge("b", "20 CNY"),
        pledge("a1", "4 CNY", part_of="a"),
        pledge("b1", "5 CNY", part_of="b"),
        pledge("c", "7 CNY"),
    )
    assert [amount for amount, _ in counts(ds).values()] == [
        "6 CNY", "15 CNY", "4 CNY", "5 CNY", "7 CNY",
    ]  # fmt: skip


# Parts in another currency


def test_part_in_another_currency_counts_through_its_first_equivalent() -> None:
    part = pledge("part", "5 USD", part_of="whole", equivalents=["4 EUR", "30 CNY", "40 CNY"])
    assert counts(dataset(pledge("whole"), part)) == {
        "whole": ("70 CNY", "left over by its parts"),
        "part": ("5 USD", "counted"),
    }


def test_part_in_another_currency_grows_as_far_as_its_own_amount_does() -> None:
    # Its whole leaves 4 million yuan over, or 0.6 million dollars at its own figures: 15.5 fit in.
    lines = dataset(
        pledge("w", "104 million CNY"),
        pledge(
            "p", "15 million USD", qualifier="about", part_of="w", equivalents=["100 million CNY"]
        ),
    ).counting.at_high.lines
    assert (lines["p"].amount, lines["w"].amount) == (Decimal("1.55E+7"), Decimal(0))


def test_part_in_another_currency_without_an_equivalent_is_refused() -> None:
    faults = faults_of(pledge("whole"), pledge("part", "5 USD", part_of="whole"))
    problem = "it is inside money in CNY; give an equivalent in CNY"
    assert faults == (Fault("part", "equivalents", Sentence(problem)),)


def test_part_gives_an_equivalent_in_the_currency_of_every_pledge_above_it() -> None:
    whole = pledge("whole")
    middle = pledge("middle", "9 USD", part_of="whole", equivalents=["60 CNY"])
    lacking = pledge("part", "4 EUR", part_of="middle", equivalents=["5 USD"])
    (fault,) = faults_of(whole, middle, lacking)
    assert fault.record == "part"
    assert fault.problem.endswith("in CNY")
    ds = dataset(
        whole, middle, pledge("part", "4 EUR", part_of="middle", equivalents=["5 USD", "70 CNY"])
    )
    assert counts(ds) == {
        "whole": ("30 CNY", "left over by its parts"),  # 100 less 70, the larger of 60 and 70
        "middle": ("4 USD", "left over by its parts"),
        "part": ("4 EUR", "counted"),
    }


def test_every_part_without_its_equivalent_is_told_at_once() -> None:
    faults = faults_of(
        pledge("a", "1 USD", part_of="whole"),
        pledge("whole"),
        pledge("b", "1 EUR", part_of="whole"),
    )
    assert {fault.record for fault in faults} == {"a", "b"}


def test_part_back_in_the_currency_of_the_root_needs_the_middles_currency_too() -> None:
    middle = pledge("middle", "9 USD", part_of="whole", equivalents=["60 CNY"])
    (fault,) = faults_of(pledge("whole"), middle, pledge("part", "30 CNY", part_of="middle"))
    assert fault.problem == "it is inside money in USD; give an equivalent in USD"


def test_restating_record_in_another_currency_needs_no_equivalent() -> None:
    ds = dataset(
        pledge("whole"),
        pledge("part", "30 CNY", part_of="whole"),
        pledge("retold", "5 USD", restates="part"),
    )
    assert counts(ds)["retold"] == ("0 USD", "restates part")


def test_restating_record_that_counts_inside_a_whole_needs_its_equivalent() -> None:
    ds = dataset(
        pledge("whole"),
        pledge("part", "30 CNY", part_of="whole"),
        pledge("retold", "5 USD", restates="part"),
    )
    with pytest.raises(DatasetError, match="retold: equivalents: it is inside money in CNY"):
        ds.where(id=["whole", "retold"]).total("CNY")


# Rates of what counts for nothing


def test_what_counts_for_nothing_looks_up_no_rate() -> None:
    early = {"announced": "1990-01-01"}
    ds = dataset(
        pledge("withdrawn", "0 USD", **early),
        pledge("old", "5 USD", **early),
        pledge("new", "6 USD", supersedes="old"),
        pledge("retold", "7 USD", restates="new", **early),
        pledge("whole", "5 USD", **early),
        pledge("part", "5 USD", part_of="whole"),
    )
    total = ds.total("CNY")
    rates = {item.pledge.id: item.rate for item in total.items}
    assert {id_ for id_, rate in rates.items() if rate} == {"new", "part"}
    assert total.low == total.high == total.amount
    assert {item.pledge.id: item.converted for item in total.items}["withdrawn"] == 0


def test_rate_of_what_counts_is_looked_up() -> None:
    with pytest.raises(RateNotFoundError):
        dataset(pledge("a", "5 USD", announced="1990-01-01")).total("CNY")


def test_a_reason_keeps_its_facts_so_that_it_can_be_said_in_chinese() -> None:
    ds = dataset(pledge("a"), pledge("b", restates="a"), pledge("c"))
    reasons = {item.pledge.id: item.reason for item in ds.total("CNY").items}
    assert reasons == {"a": "counted", "b": "restates a", "c": "counted"}
    assert (reasons["b"].template, reasons["b"].facts) == ("restates {id}", {"id": "a"})
    assert [in_language("zh_CN")(reasons[id_]) for id_ in "abc"] == [
        "全额计入",
        "转述 a",
        "全额计入",
    ]
