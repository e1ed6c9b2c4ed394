from datetime import date
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from math import inf
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonprosperity import Company, Dataset, Initiative, Money, Pledge
from commonprosperity.counting import Counting
from commonprosperity.errors import DatasetError, Fault, RateNotFoundError
from commonprosperity.messages import in_language
from commonprosperity.records import Stage
from commonprosperity.sentence import Sentence
from oracle import Oracle, as_stated, at_low
from strategies import INITIATIVES, dataset, pledge, pools, tangles, trees

DAYS = [date(2021, 1, 3), date(2021, 1, 4), date(2021, 1, 5), date(2021, 1, 31), date(2021, 2, 1)]


def counts(ds: Dataset) -> dict[str, tuple[str, str]]:
    """What counts of each selected pledge, and why."""
    return {item.pledge.id: (str(item.counted), item.reason) for item in ds.total("CNY").items}


def faults_of(*pledges: Pledge) -> tuple[Fault, ...]:
    with pytest.raises(DatasetError) as caught:
        dataset(*pledges)
    return caught.value.faults


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


# One pledge, several records


def test_original_counts_and_its_retellings_do_not() -> None:
    ds = dataset(
        pledge("a", "110 CNY", restates="c", announced="2020"),
        pledge("b", "120 CNY", restates="a", announced="2019"),
        pledge("c"),
    )
    assert counts(ds) == {
        "a": ("0 CNY", "restates c"),
        "b": ("0 CNY", "restates c"),
        "c": ("100 CNY", "counted"),
    }


def test_first_announced_telling_counts_when_the_original_is_not_selected() -> None:
    ds = dataset(
        pledge("original"),
        pledge("a", "110 CNY", restates="original", announced="2021-03"),
        pledge("b", "120 CNY", restates="original", announced="2021-02"),
        pledge("c", "130 CNY", restates="b", announced="2021-04"),
    )
    assert counts(ds.where(id=["a", "b", "c"])) == {
        "a": ("0 CNY", "restates b"),
        "b": ("120 CNY", "counted"),
        "c": ("0 CNY", "restates b"),
    }


def test_smallest_id_counts_of_tellings_of_one_day() -> None:
    ds = dataset(
        pledge("original", announced="2022"),
        pledge("b", restates="original"),
        pledge("a", restates="b"),
    )
    assert counts(ds.where(id=["a", "b"]))["b"] == ("0 CNY", "restates a")


def test_tellings_are_one_pledge_through_records_that_are_not_selected() -> None:
    ds = dataset(
        pledge("old", announced="2020"),
        pledge("one", supersedes="old"),
        pledge("retold", restates="one", announced="2022"),
        pledge("again", restates="retold", announced="2021"),
    )
    assert counts(ds.where(id=["old", "again"])) == {
        "old": ("0 CNY", "superseded by one"),
        "again": ("100 CNY", "counted"),
    }


def test_older_version_never_counts_though_its_successor_is_not_selected() -> None:
    ds = dataset(pledge("old"), pledge("new", "0 CNY", supersedes="old"))
    assert counts(ds.where(id="old")) == {"old": ("0 CNY", "superseded by new")}


def test_older_version_counts_until_the_end_of_the_day_before_its_successor() -> None:
    ds = dataset(pledge("old"), pledge("new", "150 CNY", supersedes="old", announced="2021-05"))
    assert counts(ds.as_of("2021-05-30")) == {"old": ("100 CNY", "counted")}
    assert counts(ds.as_of("2021-05-31")) == {
        "old": ("0 CNY", "superseded by new"),
        "new": ("150 CNY", "counted"),
    }


def test_only_the_newest_version_of_a_chain_counts() -> None:
    ds = dataset(
        pledge("v3", "3 CNY", supersedes="v2", announced="2021-03"),
        pledge("v1", "1 CNY", announced="2021-01"),
        pledge("v2", "2 CNY", supersedes="v1", announced="2021-02"),
    )
    assert counts(ds) == {
        "v3": ("3 CNY", "counted"),
        "v1": ("0 CNY", "superseded by v2"),
        "v2": ("0 CNY", "superseded by v3"),
    }
    assert counts(ds.as_of("2021-02-28"))["v2"] == ("2 CNY", "counted")


def test_version_is_superseded_through_one_that_is_not_known_yet() -> None:
    ds = dataset(
        pledge("v1"),
        pledge("v2", supersedes="v1", announced="2021"),
        pledge("v3", supersedes="v2", announced="2021-06"),
    )
    assert counts(ds.as_of("2021-06-30"))["v1"] == ("0 CNY", "superseded by v3")


def test_version_is_superseded_when_any_telling_of_its_successor_is_known() -> None:
    ds = dataset(
        pledge("old"),
        pledge("new", supersedes="old", announced="2021-08"),
        pledge("late", restates="new", announced="2021-07"),
        pledge("leak", restates="new", announced="2021-06"),
    )
    assert counts(ds.as_of("2021-06-30"))["old"] == ("0 CNY", "superseded by leak")
    assert counts(ds.as_of("2021-07-31"))["old"] == ("0 CNY", "superseded by leak")
    assert counts(ds.as_of("2021-08-31"))["old"] == ("0 CNY", "superseded by new")


def test_every_telling_of_an_older_version_is_superseded() -> None:
    ds = dataset(
        pledge("old"),
        pledge("retold", restates="old"),
        pledge("new", supersedes="retold"),
        pledge("again", restates="new"),
    )
    assert counts(ds) == {
        "old": ("0 CNY", "superseded by new"),
        "retold": ("0 CNY", "superseded by new"),
        "new": ("100 CNY", "counted"),
        "again": ("0 CNY", "restates new"),
    }


def test_one_counts_where_two_tellings_have_each_a_successor() -> None:
    ds = dataset(
        pledge("old"),
        pledge("retold", restates="old"),
        pledge("b", "150 CNY", supersedes="old", announced="2021-02"),
        pledge("a", "160 CNY", supersedes="retold", announced="2021-03"),
    )
    assert counts(ds) == {
        "old": ("0 CNY", "superseded by b"),
        "retold": ("0 CNY", "superseded by b"),
        "b": ("150 CNY", "counted"),
        "a": ("0 CNY", "restates b"),
    }


def test_link_holds_from_the_day_on_which_the_record_that_states_it_is_known() -> None:
    ds = dataset(
        pledge("whole"),
        pledge("part", "50 CNY"),
        pledge("again", "50 CNY", supersedes="part", part_of="whole", announced="2022"),
    )
    assert ds.as_of("2021").total("CNY").amount == Money(150, "CNY")
    assert ds.as_of("2022").total("CNY").amount == Money(100, "CNY")


def test_retelling_ties_two_pledges_only_when_it_is_known() -> None:
    ds = dataset(
        pledge("a", "10 CNY"),
        pledge("b", "11 CNY", restates="a", announced="2022"),
        pledge("c", "12 CNY", supersedes="b"),
    )
    # "c" is known and names "b", which lends the link that it will state: one pledge.
    assert counts(ds.as_of("2021")) == {
        "a": ("0 CNY", "superseded by c"),
        "c": ("12 CNY", "counted"),
    }
    lone = dataset(pledge("a", "10 CNY"), pledge("b", "11 CNY", restates="a", announced="2022"))
    assert counts(lone.as_of("2021")) == {"a": ("10 CNY", "counted")}


def test_record_that_is_named_lends_its_links_over_any_steps_and_none_backwards() -> None:
    ds = dataset(
        pledge("whole"),
        pledge("later", part_of="whole", announced="2022"),
        pledge("latest", part_of="later", announced="2022"),
        pledge("part", "30 CNY", part_of="latest"),
        pledge("old", "20 CNY"),
        pledge("stated-later", "20 CNY", supersedes="old", part_of="whole", announced="2022"),
    )
    assert counts(ds.as_of("2021")) == {
        "whole": ("70 CNY", "left over by its parts"),
        "part": ("30 CNY", "counted"),
        "old": ("20 CNY", "counted"),
    }


def test_version_that_is_not_known_yet_supersedes_nothing_though_a_part_names_it() -> None:
    ds = dataset(
        pledge("old"),
        pledge("new", "200 CNY", supersedes="old", announced="2022"),
        pledge("part", "30 CNY", part_of="new"),
    )
    assert counts(ds.as_of("2021")) == {
        "old": ("70 CNY", "left over by its parts"),
        "part": ("30 CNY", "counted"),
    }


# Withdrawals


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


# Parts of pledges that have several records


def test_part_of_a_retelling_is_a_part_of_the_pledge() -> None:
    ds = dataset(
        pledge("whole"),
        pledge("retold", "110 CNY", restates="whole"),
        pledge("part", "30 CNY", part_of="retold"),
    )
    assert counts(ds) == {
        "whole": ("70 CNY", "left over by its parts"),
        "retold": ("0 CNY", "restates whole"),
        "part": ("30 CNY", "counted"),
    }
    assert counts(ds.where(id=["retold", "part"]))["retold"] == ("80 CNY", "left over by its parts")


def test_part_of_an_older_version_is_a_part_of_the_newest() -> None:
    ds = dataset(
        pledge("old"),
        pledge("part", "30 CNY", part_of="old"),
        pledge("new", "200 CNY", supersedes="old"),
    )
    assert counts(ds)["new"] == ("170 CNY", "left over by its parts")


def test_newest_version_is_inside_the_whole_that_its_original_names() -> None:
    ds = dataset(
        pledge("old-whole"),
        pledge("new-whole"),
        pledge("old", "10 CNY", part_of="old-whole"),
        pledge("new", "20 CNY", part_of="new-whole", supersedes="old", announced="2021-02"),
        pledge("retold", "20 CNY", part_of="a-third-whole", restates="new", announced="2021-01"),
        pledge("a-third-whole"),
    )
    assert counts(ds)["new-whole"] == ("80 CNY", "left over by its parts")
    assert counts(ds)["old-whole"] == counts(ds)["a-third-whole"] == ("100 CNY", "counted")
    before = ds.as_of("2021-01-30")
    assert counts(before)["old-whole"] == ("90 CNY", "left over by its parts")


def test_newest_version_is_inside_the_whole_of_any_record_where_its_original_names_none() -> None:
    ds = dataset(
        pledge("whole"),
        pledge("old", "10 CNY", part_of="whole"),
        pledge("new", "20 CNY", supersedes="old"),
    )
    assert counts(ds)["whole"] == ("80 CNY", "left over by its parts")


def test_two_wholes_of_one_pledge_are_refused() -> None:
    faults = faults_of(
        pledge("one"),
        pledge("two"),
        pledge("old", part_of="one"),
        pledge("new", supersedes="old"),
        pledge("retold", restates="new", part_of="two"),
    )
    problem = "old, the same pledge, is a part of one, not of two"
    assert faults == (Fault("retold", "part_of", Sentence(problem)),)


def test_two_records_of_one_whole_are_not_two_wholes() -> None:
    ds = dataset(
        pledge("whole"),
        pledge("retold", restates="whole"),
        pledge("old", "10 CNY", part_of="whole"),
        pledge("new", "20 CNY", supersedes="old"),
        pledge("again", restates="new", part_of="retold"),
    )
    assert counts(ds)["whole"] == ("80 CNY", "left over by its parts")


def test_two_successors_of_one_record_are_refused() -> None:
    faults = faults_of(
        pledge("old"), pledge("new", supersedes="old"), pledge("newer", supersedes="old")
    )
    assert faults == (
        Fault(
            "newer",
            "supersedes",
            Sentence(
                "new supersedes old already; supersede new, or restate it if both are of the same version"
            ),
        ),
    )


# Circles


@pytest.mark.parametrize("link", ["part_of", "restates", "supersedes"])
def test_pledge_that_links_to_itself_is_refused(link: str) -> None:
    assert faults_of(pledge("a", **{link: "a"}))[0] == Fault(
        "a", link, Sentence("a circle: a -> a; take one link out")
    )


@pytest.mark.parametrize("link", ["part_of", "restates", "supersedes"])
def test_circle_of_links_is_refused_and_what_points_into_it_is_not_blamed(link: str) -> None:
    faults = faults_of(
        pledge("a", **{link: "b"}),
        pledge("b", **{link: "c"}),
        pledge("c", **{link: "a"}),
        pledge("into", **{link: "into-too"}),
        pledge("into-too", **{link: "c" if link != "supersedes" else "out"}),
        pledge("out"),
    )
    assert faults == (Fault("a", link, Sentence("a circle: a -> b -> c -> a; take one link out")),)


def test_every_circle_is_told() -> None:
    faults = faults_of(
        pledge("z", part_of="y"),
        pledge("y", part_of="z"),
        pledge("c", restates="b"),
        pledge("b", restates="c"),
        pledge("p", part_of="q"),
        pledge("q", part_of="p"),
    )
    assert {(fault.field, fault.problem) for fault in faults} >= {
        ("restates", "a circle: b -> c -> b; take one link out"),
        ("part_of", "a circle: p -> q -> p; take one link out"),
        ("part_of", "a circle: y -> z -> y; take one link out"),
    }


def test_circle_of_versions_through_their_retellings_is_refused() -> None:
    faults = faults_of(
        pledge("a", supersedes="b"),
        pledge("a2", restates="a"),
        pledge("b"),
        pledge("b2", restates="b", supersedes="a2"),
    )
    assert faults == (
        Fault("a", "supersedes", Sentence("a circle: a -> b -> a; take one link out")),
    )


def test_record_that_supersedes_what_it_retells_is_refused() -> None:
    assert (
        faults_of(pledge("a"), pledge("b", restates="a", supersedes="a"))[0].field == "supersedes"
    )


@pytest.mark.parametrize("link", ["restates", "supersedes"])
def test_part_of_another_record_of_the_same_pledge_is_refused(link: str) -> None:
    faults = faults_of(pledge("a"), pledge("b", part_of="a", **{link: "a"}))
    assert [fault.field for fault in faults] == ["part_of"]


def test_circle_of_parts_through_a_retelling_is_refused() -> None:
    faults = faults_of(
        pledge("a", part_of="b"), pledge("b"), pledge("b2", restates="b", part_of="a")
    )
    assert faults == (Fault("a", "part_of", Sentence("a circle: a -> b -> a; take one link out")),)


def test_circle_of_initiatives_is_refused() -> None:
    company = Company(id="acme", name="Acme")
    one = Initiative(id="one", company="acme", name="One", part_of="two")
    two = Initiative(id="two", company="acme", name="Two", part_of="one")
    with pytest.raises(
        DatasetError, match=r"^one: part_of: a circle: one -> two -> one; take one link out$"
    ):
        Dataset(companies=[company], initiatives=[one, two])


# Depth


@pytest.mark.parametrize("link", ["part_of", "restates", "supersedes"])
def test_deep_chains_need_no_recursion(link: str) -> None:
    depth = 5000
    links = [{}, *({link: f"p{at - 1}"} for at in range(1, depth))]
    ds = dataset(*(pledge(f"p{at}", Money(depth, "CNY"), **to) for at, to in enumerate(links)))
    assert ds.total("CNY").amount == Money(depth, "CNY")
    assert ds.where(id=["p0", f"p{depth - 1}"]).total("CNY").amount == Money(depth, "CNY")


def test_long_circle_is_told_by_its_ends_and_its_length() -> None:
    depth = 2000
    (fault,) = faults_of(
        *(pledge(f"p{at:04}", part_of=f"p{(at + 1) % depth:04}") for at in range(depth))
    )
    circle = "a circle: p0000 -> p0001 -> p0002 -> ... -> p1999 -> p0000 (2,000 links); take one link out"
    assert fault == Fault("p0000", "part_of", Sentence(circle))


@pytest.mark.parametrize(
    ("depth", "end"),
    [
        (8, "p1 -> p2 -> p3 -> p4 -> p5 -> p6 -> p7 -> p0"),
        (9, "p1 -> p2 -> ... -> p8 -> p0 (9 links)"),
    ],
)
def test_circle_of_eight_is_told_whole(depth: int, end: str) -> None:
    (fault,) = faults_of(*(pledge(f"p{at}", part_of=f"p{(at + 1) % depth}") for at in range(depth)))
    assert fault.problem == f"a circle: p0 -> {end}; take one link out"


# Bounds


@pytest.mark.parametrize(
    ("facts", "low", "high"),
    [
        ({"qualifier": "exact"}, "1500", "1500"),
        ({"qualifier": "up_to"}, "0", "1500"),
        ({"qualifier": "at_least"}, "1500", None),
        ({"qualifier": "about"}, "1450", "1550"),
        ({"high": "2 thousand CNY"}, "1500", "2000"),
        ({"high": "2 thousand CNY", "qualifier": "up_to"}, "0", "2000"),
        ({"high": "2 thousand CNY", "qualifier": "at_least"}, "1500", "2000"),
        ({"high": "2 thousand CNY", "qualifier": "about"}, "1450", "2050"),
    ],
)
def test_bounds_of_an_amount(facts: dict[str, str], low: str, high: str | None) -> None:
    total = dataset(pledge("a", "1.5 thousand CNY", **facts)).total("CNY")
    assert (total.low, total.amount) == (Money(low, "CNY"), Money(1500, "CNY"))
    assert total.high == (high and Money(high, "CNY"))


@pytest.mark.parametrize(
    ("amount", "low", "high"),
    [
        ("100 billion CNY", "95 billion", "105 billion"),
        ("1000亿元", "95 billion", "105 billion"),
        ("0.1 trillion CNY", "95 billion", "105 billion"),
        ("100.0 billion CNY", "95 billion", "105 billion"),
        ("15.49 billion CNY", "15.485 billion", "15.495 billion"),
        ("15.490 billion CNY", "15.485 billion", "15.495 billion"),
        ("1050 CNY", "1045", "1055"),
        ("60 CNY", "59.5", "60.5"),
        ("7 CNY", "6.95", "7.05"),
        ("1 trillion CNY", "950 billion", "1050 billion"),
    ],
)
def test_about_is_half_of_the_last_digit_that_is_not_zero_and_at_least_of_the_second(
    amount: str, low: str, high: str
) -> None:
    total = dataset(pledge("a", amount, qualifier="about")).total("CNY")
    assert (total.low, total.high) == (Money.parse(f"{low} CNY"), Money.parse(f"{high} CNY"))


@given(st.integers(0, 10**6), st.integers(-2, 9), st.integers(0, 5))
def test_bounds_hang_on_no_spelling(digits: int, exponent: int, zeros: int) -> None:
    one = Money(f"{digits}E{exponent}", "CNY")
    other = Money(f"{digits}{'0' * zeros}E{exponent - zeros}", "CNY")
    totals = [dataset(pledge("a", m, qualifier="about")).total("CNY") for m in (one, other)]
    assert one == other
    assert totals[0].low == totals[1].low
    assert totals[0].high == totals[1].high


def test_bounds_of_long_amounts_are_exact_in_any_decimal_context() -> None:
    record = pledge("a", Money(f"1{'0' * 38}1", "CNY"), qualifier="about")
    counting = dataset(record).counting
    with localcontext(Context(prec=3)):
        low, high = counting.at_low.line(record), counting.at_high.line(record)
    assert low == (Decimal(f"1{'0' * 39}.5"), "counted", True)
    assert high == (Decimal(f"1{'0' * 38}1.5"), "counted", True)


def test_about_nothing_is_never_less_than_nothing() -> None:
    total = dataset(pledge("a", "0 CNY", qualifier="about")).total("CNY")
    assert (total.low, total.high) == (Money(0, "CNY"), Money("0.5", "CNY"))


def test_whole_at_its_high_leaves_more_over() -> None:
    ds = dataset(
        pledge("whole", high="150 CNY", qualifier="up_to"),
        pledge("part", "60 CNY", part_of="whole", high="80 CNY"),
    )
    total = ds.total("CNY")
    assert (total.low, total.high) == (Money(60, "CNY"), Money(150, "CNY"))


@pytest.mark.parametrize(
    ("whole", "high"),
    [
        ({}, "100"),
        ({"qualifier": "up_to"}, "100"),
        ({"high": "150 CNY"}, "150"),
        ({"high": "150 CNY", "qualifier": "up_to"}, "150"),
        ({"high": "150 CNY", "qualifier": "at_least"}, "150"),
        ({"qualifier": "about"}, "180"),
        ({"qualifier": "at_least"}, None),
    ],
)
def test_part_grows_at_its_high_into_what_a_firm_whole_leaves_over(
    whole: dict[str, str], high: str | None
) -> None:
    part = pledge("part", "60 CNY", part_of="whole", high="180 CNY")
    total = dataset(pledge("whole", **whole), part).total("CNY")
    assert total.high == (high and Money(high, "CNY"))


@pytest.mark.parametrize(
    ("qualifiers", "high"),
    [
        (("at_least", "exact", "exact"), None),
        (("exact", "at_least", "exact"), "100"),
        (("exact", "exact", "at_least"), "100"),
        (("about", "exact", "at_least"), "105"),
        (("about", "at_least", "exact"), None),
        (("about", "about", "at_least"), None),
        (("exact", "about", "at_least"), "100"),
    ],
)
def test_at_least_has_an_upper_end_where_a_firm_whole_is_above_it(
    qualifiers: tuple[str, str, str], high: str | None
) -> None:
    whole, middle, part = qualifiers
    ds = dataset(
        pledge("whole", qualifier=whole),
        pledge("middle", part_of="whole", qualifier=middle),
        pledge("part", part_of="middle", qualifier=part),
    )
    assert ds.total("CNY").high == (high and Money(high, "CNY"))


def test_rounded_parts_come_to_no_more_than_their_exact_whole() -> None:
    ds = dataset(
        pledge("whole"),
        pledge("a", "60 CNY", part_of="whole", qualifier="about"),
        pledge("b", "40 CNY", part_of="whole", qualifier="about"),
    )
    total = ds.total("CNY")
    assert (total.low, total.high) == (Money(100, "CNY"), Money(100, "CNY"))


def test_what_a_whole_leaves_over_goes_to_the_part_that_was_announced_first() -> None:
    ds = dataset(
        pledge("whole", "100 CNY"),
        pledge("late", "20 CNY", part_of="whole", high="90 CNY", announced="2021-03"),
        pledge("b", "20 CNY", part_of="whole", high="40 CNY", announced="2021-02"),
        pledge("a", "20 CNY", part_of="whole", high="35 CNY", announced="2021-02"),
    )
    lines = ds.counting.at_high.lines
    assert {id_: line.amount for id_, line in lines.items()} == {
        "a": 35, "b": 40, "late": 25, "whole": 0,
    }  # fmt: skip


def test_parts_that_exceed_their_whole_as_stated_grow_no_further() -> None:
    ds = dataset(
        pledge("whole", "10 CNY", qualifier="up_to"),
        pledge("a", "8 CNY", part_of="whole", high="20 CNY"),
        pledge("b", "7 CNY", part_of="whole", qualifier="at_least"),
    )
    total = ds.total("CNY")
    assert total.amount == total.high == Money(15, "CNY")


def test_part_grows_within_its_own_whole_without_taking_room_above() -> None:
    ds = dataset(
        pledge("whole", "100 CNY"),
        pledge("firm", "60 CNY", part_of="whole"),
        pledge("inside", "20 CNY", part_of="firm", qualifier="at_least"),
        pledge("last", "30 CNY", part_of="whole", qualifier="at_least", announced="2022"),
    )
    lines = ds.counting.at_high.lines
    assert {id_: line.amount for id_, line in lines.items()} == {
        "whole": 0, "firm": 0, "inside": 60, "last": 40,
    }  # fmt: skip


def test_part_in_another_currency_grows_in_the_ratio_of_its_own_figures() -> None:
    ds = dataset(
        pledge("whole", "100 CNY"),
        pledge("part", "10 USD", equivalents=["60 CNY"], qualifier="at_least", part_of="whole"),
    )
    lines = ds.counting.at_high.lines
    # 40 yuan more are 6.67 dollars more, and these are 40.02 of the yuan.
    assert (lines["part"].amount, lines["whole"].amount) == (Decimal("16.67"), Decimal(0))


@pytest.mark.parametrize("high", [None, "30 million USD"])
def test_about_follows_the_last_digit_of_an_equivalent(high: str | None) -> None:
    part = pledge(
        "part", "15 million USD", high=high, qualifier="about", part_of="whole",
        equivalents=["100 million CNY"],
    )  # fmt: skip
    ds = dataset(pledge("whole", "1 billion CNY"), part)
    left = ds.counting.at_high.lines["whole"].amount
    assert left == 10**9 - (205 if high else 105) * 10**6
    assert ds.counting.at_low.lines["whole"].amount == 10**9 - 95 * 10**6


def test_all_of_a_tree_may_be_endless() -> None:
    ds = dataset(
        pledge("whole", qualifier="at_least"),
        pledge("part", part_of="whole", qualifier="at_least"),
    )
    assert ds.total("CNY").high is None


def test_at_least_of_a_record_that_does_not_count_is_no_matter() -> None:
    ds = dataset(pledge("a"), pledge("b", restates="a", qualifier="at_least"))
    assert ds.total("CNY").high == Money(100, "CNY")


def test_equivalent_of_a_range_grows_with_the_range() -> None:
    ds = dataset(
        pledge("whole", "200 CNY"),
        pledge("part", "10 USD", high="20 USD", equivalents=["60 CNY"], part_of="whole"),
    )
    total = ds.total("USD", on="2021-01-04")
    rate = 1 / (Fraction("7.9484") / Fraction("1.2296"))
    # At its high the part is 20 dollars and worth 120 yuan of the whole's 200.
    assert total.high == Money.rounded(20 + 80 * rate, "USD")
    assert total.low == total.amount == Money.rounded(10 + 140 * rate, "USD")


def test_equivalent_of_a_range_from_nothing_stays_as_it_is() -> None:
    ds = dataset(
        pledge("whole"),
        pledge("part", "0 USD", high="20 USD", equivalents=["30 CNY"], part_of="whole"),
    )
    rate = Fraction("7.9484") / Fraction("1.2296")
    assert ds.total("CNY", on="2021-01-04").high == Money.rounded(70 + 20 * rate, "CNY")


@pytest.mark.parametrize(
    ("qualifier", "low", "high"), [("about", "69.5", "70.5"), ("up_to", "70", "70")]
)
def test_equivalent_is_as_loose_as_its_amount(qualifier: str, low: str, high: str) -> None:
    part = pledge(
        "part", "50 USD", qualifier=qualifier, equivalents=[Money("3E+1", "CNY")], part_of="whole"
    )
    total = dataset(pledge("whole"), part).total("CNY", on="2021-01-04")
    rate = Fraction("7.9484") / Fraction("1.2296")
    # Where less of the part counts, more is left over of the whole.
    lowest = Fraction("49.5") * rate + Fraction(high) if qualifier == "about" else Fraction(100)
    highest = (Fraction("50.5") if qualifier == "about" else 50) * rate + Fraction(low)
    assert total.low == min(total.amount, Money.rounded(lowest, "CNY"))
    assert total.high == max(total.amount, Money.rounded(highest, "CNY"))


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
