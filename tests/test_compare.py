"""Why a number changed: effects that add up, each with its cause and its records."""

import json
from collections import defaultdict
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import commonprosperity as cp
from commonprosperity import Dataset, Effect, Effects, Pledge
from commonprosperity.compare import Side
from commonprosperity.compare.scope import Scope
from commonprosperity.errors import (
    CommonProsperityError,
    FieldError,
    RateNotFoundError,
    RecordError,
)
from commonprosperity.messages import in_language
from commonprosperity.sentence import Sentence
from strategies import (
    COMPANIES,
    INITIATIVES,
    dataset,
    linked_pledges,
    pledge,
    pools,
    tangles,
    trees,
)

pytestmark = pytest.mark.filterwarnings("ignore::commonprosperity.DoubleCountWarning")

FACTS = (
    "amount", "equivalents", "qualifier", "high", "stage", "part_of", "supersedes", "restates",
    "value_date", "announced", "company", "initiative", "funder",
)  # fmt: skip
MIRRORED = {"added": "removed", "removed": "added"}


def by_group(effects: Effects) -> list[object]:
    return [(effect.group, str(effect.kind), effect.ids, effect.exact) for effect in effects]


def shown(effects: Effects) -> list[object]:
    return [(str(effect.kind), effect.ids, effect.exact) for effect in effects]


def turned(effects: Effects) -> set[Any]:
    """Return the effects as they are the other way round."""
    return {(MIRRORED.get(e.kind, e.kind), frozenset(e.ids), e.group, -e.exact) for e in effects}


def as_set(effects: Effects) -> set[Any]:
    return {(str(e.kind), frozenset(e.ids), e.group, e.exact) for e in effects}


def said(effects: Effects) -> list[str]:
    return [str(effect.what) for effect in effects]


def changed(old: Dataset, id_: str, **facts: Any) -> Dataset:
    return old.replace(attrs.evolve(old.pledge(id_), **facts))


# Any two datasets


def fitting(pledges: list[Pledge], *, pooled: bool = True) -> Dataset:
    """Return a dataset of pledges, or an empty one where they do not fit together."""
    initiatives = [attrs.evolve(each, pooled=each.pooled and pooled) for each in INITIATIVES]
    try:
        return Dataset(companies=COMPANIES, initiatives=initiatives, pledges=pledges)
    except CommonProsperityError:
        return Dataset()


@st.composite
def mixtures(draw: st.DrawFn, one: Pledge, other: Pledge) -> Pledge:
    """Draw a record with some facts of another."""
    facts = draw(st.sets(st.sampled_from(FACTS)))
    try:
        return attrs.evolve(one, **{fact: getattr(other, fact) for fact in facts})
    except CommonProsperityError:
        return other


@st.composite
def versions(draw: st.DrawFn) -> tuple[Dataset, Dataset]:
    """Draw two versions of a dataset: each has records of its own, and records of both differ."""
    kinds = [tangles(), trees(), pools(), linked_pledges()]
    before = draw(st.one_of(kinds))
    others = {p.id: p for p in draw(st.one_of(kinds))}
    kept = [p for p in before if draw(st.integers(0, 9))]
    after = [draw(mixtures(p, others.pop(p.id))) if p.id in others else p for p in kept]
    after += [p for p in others.values() if draw(st.booleans())]
    return fitting(before), fitting(after, pooled=draw(st.booleans()))


days = st.none() | st.sampled_from(["2021-01-04", "2021-01-05", "2021-01-31", "2021-02-01"])
groupings = st.sampled_from([None, "stage", "company", "year", ("company", "stage"), "funder"])


@given(versions(), st.tuples(days, days), groupings, st.booleans())
def test_effects_add_up_by_group_and_mirror(
    pair: tuple[Dataset, Dataset],
    seen: tuple[str | None, str | None],
    by: Any,
    own_rates: bool,  # noqa: FBT001 (drawn)
) -> None:
    old, new = (d if day is None else d.as_of(day) for d, day in zip(pair, seen, strict=True))
    to, rates = ("CNY", cp.rates.fixed({"USD/CNY": "6.5"})) if own_rates else ("EUR", None)
    try:
        before, after = old.total(to), new.total(to, rates=rates)
    except CommonProsperityError:
        return
    given: dict[str, Any] = {"rates": rates, "old_rates": cp.rates.ecb()} if rates else {}
    effects = new.compare(old, to, by=by, **given)

    assert sum(e.exact for e in effects) == effects.exact == after.exact - before.exact
    assert all(e.exact and e.ids and e.what for e in effects)
    back: dict[str, Any] = {"old_rates": rates} if rates else {}
    assert turned(old.compare(new, to, by=by, **back)) == as_set(effects)
    if by:
        sums: dict[Any, Fraction] = defaultdict(Fraction)
        for effect in effects:
            sums[effect.group] += effect.exact
        was, now = old.totals(to, by=by).groups, new.totals(to, by=by, rates=rates).groups
        for group in {*was, *now}:
            exact = [groups[group].exact if group in groups else 0 for groups in (was, now)]
            assert sums[group] == exact[1] - exact[0]


@given(versions(), groupings)
def test_a_dataset_compared_with_itself_has_no_effects(
    pair: tuple[Dataset, Dataset], by: Any
) -> None:
    for one in pair:
        again = Dataset(one.sources, one.companies, one.initiatives, one.pledges, one.figures)
        assert not again.compare(one, "EUR", by=by)
        assert not one.compare(one, "EUR", by=by, old_rates=cp.rates.ecb())


@given(versions(), st.tuples(days, days))
def test_all_that_is_tied_to_a_record_that_differs_is_looked_at_and_nothing_else(
    pair: tuple[Dataset, Dataset], seen: tuple[str | None, str | None]
) -> None:
    both = [d if day is None else d.as_of(day) for d, day in zip(pair, seen, strict=True)]
    rates = cp.rates.fixed({"USD/CNY": "6.5", "EUR/CNY": "8"})
    try:
        old, new = (Side(each.total("CNY", rates=rates), each.links) for each in both)
    except CommonProsperityError:
        return
    scope = Scope.of(old, new, lambda _: None)

    bundles: dict[Any, set[str]] = defaultdict(set)  # what one link ties, or one pool
    facts: dict[str, list[Any]] = defaultdict(list)
    for side in (old, new):
        for one in side.linked.values():
            for end in filter(None, (one.part_of, one.supersedes, one.restates)):
                bundles[one.id, end] |= {one.id, end}
        for one in {p.id: p for p in (*side.linked.values(), *side.total.pledges)}.values():
            values = [getattr(one, fact) for fact in FACTS if fact != "funder"]
            facts[one.id].append((*values, side.knows(one)))
        for one in side.total.pledges:
            if one.initiative in old.pooled | new.pooled:
                bundles[one.company, one.initiative].add(one.id)
                facts[one.id][-1] += (one.initiative in side.pooled,)
    ids = {id_ for id_, each in facts.items() if len(each) < 2 or each[0] != each[1]}
    while beyond := [b for b in bundles.values() if b & ids and b - ids]:
        ids.update(*beyond)

    assert {id_ for id_ in scope.ids if " " not in id_} == ids
    for bundle in bundles.values():
        assert not bundle & ids or len({scope.tie(id_) for id_ in bundle}) == 1


# Each kind: a true case, a false alarm, and a near miss


def test_added_and_removed() -> None:
    old = dataset(pledge("a"))
    new = old.extend(pledge("b", "40 CNY"))
    assert shown(new.compare(old, "CNY")) == [("added", ("b",), 40)]
    assert shown(old.compare(new, "CNY")) == [("removed", ("b",), -40)]
    assert said(new.compare(old, "CNY")) == ["40 CNY of 2021-01-04"]


def test_what_counted_for_nothing_is_removed_without_effect() -> None:
    old = dataset(
        pledge("whole", "100 CNY"), pledge("part", "60 CNY", part_of="whole"),
        pledge("told", "90 CNY", restates="whole"),
    )  # fmt: skip
    assert not old.remove("part", "told").compare(old, "CNY")
    # Without the original, its telling counts in its place.
    old = old.remove("part")
    told = changed(old, "told", restates=None).remove("whole")
    assert shown(told.compare(old, "CNY")) == [("restated", ("told", "whole"), -10)]


def test_a_version_that_is_removed_gives_its_place_back() -> None:
    new = dataset(pledge("v1"))
    old = new.extend(pledge("v2", "120 CNY", announced="2021-03-01", supersedes="v1"))
    assert shown(new.compare(old, "CNY")) == [("superseded", ("v2", "v1"), -20)]
    assert shown(dataset().compare(old, "CNY")) == [("removed", ("v2", "v1"), -120)]


def test_a_telling_that_is_added_counts_for_nothing() -> None:
    old = dataset(pledge("a"))
    assert not old.extend(pledge("b", "102 CNY", restates="a")).compare(old, "CNY")


def test_a_part_that_is_added_changes_what_it_adds_to_its_whole() -> None:
    old = dataset(pledge("whole", "100 CNY"))
    inside = old.extend(pledge("part", "60 CNY", part_of="whole"))
    assert not inside.compare(old, "CNY")
    beyond = old.extend(pledge("part", "130 CNY", part_of="whole"))
    assert shown(beyond.compare(old, "CNY")) == [("added", ("part", "whole"), 30)]


def test_a_payment_that_is_added_moves_money_between_stages() -> None:
    old = dataset(pledge("whole", "100 CNY"))
    new = old.extend(pledge("paid", "60 CNY", part_of="whole", stage="disbursement"))
    effects = new.compare(old, "CNY", by="stage")
    assert by_group(effects) == [
        ("disbursement", "added", ("paid",), 60),
        ("pledge", "added", ("paid", "whole"), -60),
    ]


def test_amount_revised() -> None:
    old = dataset(pledge("a", "100 CNY"), pledge("b", "7 CNY"))
    effects = changed(old, "a", amount="120.5 CNY").compare(old, "CNY")
    assert shown(effects) == [("amount revised", ("a",), Fraction("20.5"))]
    assert said(effects) == ["100 CNY before, 120.5 CNY now"]


@pytest.mark.parametrize("facts", [
    {"amount": "1E+2 CNY"}, {"qualifier": "about"}, {"high": "200 CNY"}, {"note": "seen again"},
])  # fmt: skip
def test_amount_that_is_the_same_is_not_revised(facts: dict[str, str]) -> None:
    old = dataset(pledge("a", "100 CNY"))
    assert not changed(old, "a", **facts).compare(old, "CNY")


def test_an_old_version_is_revised_without_effect() -> None:
    old = dataset(pledge("v1"), pledge("v2", "90 CNY", supersedes="v1"))
    assert not changed(old, "v1", amount="80 CNY").compare(old, "CNY")


def test_currency_revised() -> None:
    old = dataset(pledge("a", "100 CNY"))
    effects = changed(old, "a", amount="10 USD").compare(old, "CNY", rates={"USD/CNY": "6.5"})
    assert shown(effects) == [("amount revised", ("a",), -35)]


def test_equivalent_revised() -> None:
    old = dataset(
        pledge("whole", "100 CNY"),
        pledge("part", "10 USD", part_of="whole", equivalents=["60 CNY"]),
    )
    new = changed(old, "part", equivalents=["70 CNY"])
    effects = new.compare(old, "CNY", rates={"USD/CNY": "6.5"})
    assert shown(effects) == [("amount revised", ("part", "whole"), -10)]
    assert said(effects) == ["10 USD, with other figures"]


def test_superseded_by_a_new_version() -> None:
    old = dataset(pledge("v1"))
    new = old.extend(pledge("v2", "120 CNY", announced="2021-03-01", supersedes="v1"))
    effects = new.compare(old, "CNY")
    assert shown(effects) == [("superseded", ("v2", "v1"), 20)]
    assert said(effects) == ["v2 supersedes v1"]
    assert said(old.compare(new, "CNY")) == ["v2 superseded v1 before"]


def test_superseded_by_a_record_that_was_there() -> None:
    old = dataset(pledge("v1"), pledge("v2", "120 CNY"))
    new = changed(old, "v2", supersedes="v1")
    assert shown(new.compare(old, "CNY")) == [("superseded", ("v2", "v1"), -100)]
    assert said(new.compare(old, "CNY")) == ["v2 supersedes v1"]


def test_a_version_of_the_same_amount_changes_nothing() -> None:
    old = dataset(pledge("v1"))
    assert not old.extend(pledge("v2", supersedes="v1")).compare(old, "CNY")


def test_a_whole_chain_that_is_added_is_added() -> None:
    old = dataset(pledge("a"))
    new = old.extend(pledge("v1"), pledge("v2", "120 CNY", supersedes="v1"))
    effects = new.compare(old, "CNY")
    assert shown(effects) == [("added", ("v2", "v1"), 120)]
    assert said(effects) == ["120 CNY of 2021-01-04; 1 more"]


def test_withdrawn() -> None:
    old = dataset(pledge("v1"), pledge("part", "30 CNY", part_of="v1"))
    new = old.extend(pledge("v2", "0 CNY", announced="2021-03-01", supersedes="v1"))
    effects = new.compare(old, "CNY")
    assert shown(effects) == [("superseded", ("v2", "part", "v1"), -100)]
    assert said(effects) == ["v2 withdraws v1"]


def test_a_version_in_the_place_of_another() -> None:
    first = pledge("v1")
    old = dataset(first, pledge("v2", "120 CNY", supersedes="v1"))
    new = dataset(first, pledge("v3", "150 CNY", supersedes="v1"))
    effects = new.compare(old, "CNY")
    assert shown(effects) == [("superseded", ("v2", "v3"), 30)]


def test_restated() -> None:
    old = dataset(pledge("a"), pledge("b", "103 CNY"))
    effects = changed(old, "b", restates="a").compare(old, "CNY")
    assert shown(effects) == [("restated", ("b",), -103)]
    assert said(effects) == ["b restates a"]
    assert said(old.compare(changed(old, "b", restates="a"), "CNY")) == ["b restated a before"]


def test_a_telling_that_names_another_record_of_its_pledge_changes_nothing() -> None:
    old = dataset(pledge("a"), pledge("b", restates="a"), pledge("c", "7 CNY", restates="a"))
    assert not changed(old, "c", restates="b").compare(old, "CNY")
    apart = changed(old, "c", restates=None)
    assert shown(apart.compare(old, "CNY")) == [("restated", ("c",), 7)]


def test_restated_by_the_original() -> None:
    old = dataset(pledge("told", "103 CNY"))
    new = changed(old.extend(pledge("original")), "told", restates="original")
    effects = new.compare(old, "CNY")
    assert shown(effects) == [("restated", ("original", "told"), -3)]


def test_part_moved() -> None:
    old = dataset(pledge("one", "100 CNY"), pledge("two", "80 CNY"), pledge("part", "50 CNY"))
    inside = changed(old, "part", part_of="one")
    elsewhere = changed(old, "part", part_of="two")
    assert shown(inside.compare(old, "CNY")) == [("part moved", ("part", "one"), -50)]
    assert said(inside.compare(old, "CNY")) == ["part of one now"]
    assert said(old.compare(inside, "CNY")) == ["part of one before"]
    assert not elsewhere.compare(inside, "CNY")


def test_part_moved_into_a_whole_that_it_exceeds() -> None:
    old = dataset(
        pledge("one", "100 CNY"), pledge("two", "30 CNY"), pledge("part", "50 CNY", part_of="one")
    )
    effects = changed(old, "part", part_of="two").compare(old, "CNY")
    assert shown(effects) == [("part moved", ("part", "one", "two"), 20)]
    assert said(effects) == ["part of one before, of two now"]


def test_stage_changed() -> None:
    old = dataset(pledge("a"))
    new = changed(old, "a", stage="disbursement")
    assert not new.compare(old, "CNY")
    effects = new.compare(old, "CNY", by="stage")
    assert by_group(effects) == [
        ("disbursement", "stage changed", ("a",), 100), ("pledge", "stage changed", ("a",), -100),
    ]  # fmt: skip
    assert said(effects)[0] == "Promised before, Disbursed now"


def test_stage_changed_in_a_pool() -> None:
    facts = {"initiative": "water"}
    old = dataset(
        pledge("a", **facts), pledge("b", "40 CNY", **facts), initiatives=INITIATIVES
    )  # fmt: skip
    new = changed(old, "b", stage="disbursement")
    assert shown(new.compare(old, "CNY")) == [("stage changed", ("b", "a"), -40)]


def test_date_changed() -> None:
    old = dataset(pledge("a", "100 USD"), pledge("b", "7 USD"))
    new = changed(old, "a", value_date="2021-02-01")
    (effect,) = new.compare(old, "CNY")
    difference = new.total("CNY").exact - old.total("CNY").exact
    assert (str(effect.kind), effect.ids, effect.exact) == ("date changed", ("a",), difference)
    assert str(effect.what) == "2021-01-04 before, 2021-02-01 now"
    assert not new.compare(old, "CNY", on="2021-03-01")
    assert not new.compare(old, "USD")


def test_announced_in_another_year() -> None:
    old = dataset(pledge("a"))
    effects = changed(old, "a", announced="2022-01-04").compare(old, "CNY", by="year")
    assert by_group(effects) == [
        ("2021", "date changed", ("a",), -100), ("2022", "date changed", ("a",), 100),
    ]  # fmt: skip
    assert said(effects)[0] == "2021-01-04 before, 2022-01-04 now"


def test_announced_on_another_day_of_the_same_year() -> None:
    old = dataset(pledge("a", value_date="2021-01-04"))
    new = changed(old, "a", announced="2021-12-31")
    assert not new.compare(old, "CNY", by="year")
    assert len(new.compare(old, "CNY", by="month")) == 2
    year = changed(old, "a", announced="2021")
    assert {e.group: e.exact for e in year.compare(old, "CNY", by="month")} == {
        "2021-01": -100, "2021": 100,
    }  # fmt: skip


def test_rate_changed() -> None:
    ds = dataset(pledge("b", "100 USD"), pledge("a", "10 USD"), pledge("c", "5 CNY"))
    effects = ds.compare(ds, "CNY", rates={"USD/CNY": "7"}, old_rates={"USD/CNY": "6.5"})
    assert shown(effects) == [("rate changed", ("a", "b"), 55)]
    assert said(effects) == ["1 USD of 2021-01-04: 6.5 CNY before, 7 now"]
    assert not ds.compare(ds, "CNY", rates={"USD/CNY": "7"}, old_rates={"USD/CNY": "7.0"})
    assert not ds.compare(ds, "CNY", rates={"USD/CNY": "7"})


def test_rates_change_nothing_of_what_does_not_count() -> None:
    ds = dataset(pledge("a", "100 USD"), pledge("b", "100 USD", restates="a"))
    effects = ds.compare(ds, "CNY", rates={"USD/CNY": "7"}, old_rates={"USD/CNY": "6"})
    assert shown(effects) == [("rate changed", ("a",), 100)]


def test_rates_change_by_group_and_date() -> None:
    ds = dataset(
        pledge("a", "100 USD", stage="disbursement"),
        pledge("b", "10 USD", announced="2021-02-01"),
        pledge("c", "1 USD"),
    )
    effects = ds.compare(
        ds, "CNY", by="stage", rates={"USD/CNY": "7"}, old_rates={"USD/CNY": "6"}
    )  # fmt: skip
    assert by_group(effects) == [
        ("disbursement", "rate changed", ("a",), 100), ("pledge", "rate changed", ("b",), 10),
        ("pledge", "rate changed", ("c",), 1),
    ]  # fmt: skip


def test_other_facts_changed() -> None:
    old = dataset(pledge("a"))
    new = changed(old, "a", company="other", note="seen again")
    assert not new.compare(old, "CNY")
    effects = new.compare(old, "CNY", by="company")
    assert by_group(effects) == [
        ("acme", "other facts changed", ("a",), -100), ("other", "other facts changed", ("a",), 100),
    ]  # fmt: skip
    assert said(effects)[0] == "company: acme before, other now"
    assert not new.compare(old, "CNY", by="funder")


def test_a_fact_of_ones_own_changed() -> None:
    old = dataset(pledge("a"))
    new = changed(old, "a", funder="the public")
    assert {e.group: e.exact for e in new.compare(old, "CNY", by="funder")} == {
        None: -100, "the public": 100,
    }  # fmt: skip
    assert said(new.compare(old, "CNY", by="funder"))[0] == "funder: – before, the public now"
    assert not new.compare(old, "CNY", by=lambda pledge: pledge.stage)
    assert len(new.compare(old, "CNY", by=lambda pledge: pledge.funder or "")) == 2


# Pools and corrections


def test_payments_of_a_pool_draw_on_its_promises() -> None:
    old = dataset(pledge("a", initiative="water"), initiatives=INITIATIVES)
    paid = pledge("paid", "130 CNY", initiative="water", stage="disbursement")
    assert shown(old.extend(paid).compare(old, "CNY")) == [("added", ("paid", "a"), 30)]
    inside = old.extend(attrs.evolve(paid, amount="70 CNY"))
    assert not inside.compare(old, "CNY")


def test_a_pledge_of_a_pool_keeps_its_part_outside_when_a_payment_is_revised() -> None:
    old = dataset(
        pledge("a", initiative="water"), pledge("part", "60 CNY", part_of="a"),
        pledge("paid", "70 CNY", initiative="water", stage="disbursement"), initiatives=INITIATIVES,
    )  # fmt: skip
    # The part leaves 40 to the pool, and of the payment of 70 they cover 40.
    new = changed(old, "paid", amount="80 CNY")
    assert shown(new.compare(old, "CNY")) == [("amount revised", ("paid",), 10)]


def test_an_initiative_becomes_a_pool() -> None:
    records = [
        pledge("a", initiative="water"),
        pledge("paid", "70 CNY", initiative="water", stage="disbursement"),
        pledge("beside"),
    ]
    new = dataset(*records, initiatives=INITIATIVES)
    water = attrs.evolve(new.initiative("water"), pooled=False)
    old = new.replace(water)
    assert shown(new.compare(old, "CNY")) == [("other facts changed", ("a", "paid"), -70)]
    assert said(new.compare(old, "CNY")) == ["water is a pool now; 1 more"]
    assert said(old.compare(new, "CNY")) == ["water was a pool before; 1 more"]


def test_a_correction_is_added() -> None:
    old = dataset(pledge("paid", stage="disbursement"))
    new = old.extend(pledge("refund", "-30 CNY", stage="disbursement", part_of="paid"))
    assert shown(new.compare(old, "CNY")) == [("added", ("refund", "paid"), -30)]


# Where causes meet


def test_amount_and_rate_of_one_record_each_at_the_mean_of_the_other() -> None:
    old = dataset(pledge("a", "100 USD"))
    new = changed(old, "a", amount="120 USD")
    effects = new.compare(old, "CNY", rates={"USD/CNY": "7"}, old_rates={"USD/CNY": "6"})
    # 840 less 600: 20 at 6.5, and 1 on each of 110.
    assert shown(effects) == [("amount revised", ("a",), 130), ("rate changed", ("a",), 110)]


def test_a_whole_is_revised_and_its_part_moves() -> None:
    old = dataset(pledge("whole", "100 CNY"), pledge("part", "150 CNY", part_of="whole"))
    new = changed(changed(old, "whole", amount="110 CNY"), "part", part_of=None)
    # 150 becomes 260. Alone the revision is nothing before the part has gone, and 10 after it.
    assert shown(new.compare(old, "CNY")) == [
        ("amount revised", ("whole",), 5), ("part moved", ("part", "whole"), 105),
    ]  # fmt: skip


def test_three_causes_that_meet_come_to_the_same_whatever_changes_beside_them(
    tmp_path: Path,
) -> None:
    file = tmp_path / "rates.csv"
    rows = ["date,base,quote,factor", "2021-01-04,USD,CNY,6", "2021-02-01,USD,CNY,7"]
    file.write_text("\n".join(rows), encoding="utf-8")
    rates = cp.rates.from_csv(file)
    for number in range(12):  # the order in which Python goes through a set of ids is another
        whole, part, beside = (f"{name}{number}" for name in ("whole", "part", "beside"))
        old = dataset(
            pledge(whole, "100 USD"), pledge(part, "150 USD", part_of=whole), pledge(beside)
        )
        new = dataset(
            pledge(whole, "110 USD", value_date="2021-02-01"),
            pledge(part, "150 USD"),
            pledge(beside, value_date="2021-02-01"),
        )
        # The whole counts for nothing while the part of 150 is inside. Amount, part, date: 0, then
        # 110 at 6, then 110 at 1 more. Date, part, amount: 0, then 100 at 7, then 10 at 7.
        assert shown(new.compare(old, "CNY", rates=rates)) == [
            ("amount revised", (whole,), 35), ("part moved", (part, whole), 680),
            ("date changed", (whole,), 55),
        ]  # fmt: skip


def test_a_record_that_cannot_change_in_steps_changes_at_once() -> None:
    old = dataset(pledge("a", "5 CNY"), pledge("b", "7 CNY"))
    new = changed(old, "a", amount="-5 CNY", stage="disbursement").remove("b")
    assert shown(new.compare(old, "CNY")) == [
        ("removed", ("b",), -7), ("amount revised", ("a",), -10),
    ]  # fmt: skip


def test_several_records_that_cannot_change_in_steps_change_each_for_itself() -> None:
    ids = ("a", "b", "c")
    old = dataset(*(pledge(id_, "5 CNY") for id_ in ids))
    new = dataset(*(pledge(id_, "-5 CNY", stage="disbursement") for id_ in ids))
    assert shown(new.compare(old, "CNY")) == [("amount revised", (id_,), -10) for id_ in ids]
    # Between the two they would be dollars of 1980, of which no rate is known.
    old = dataset(*(pledge(id_, "5 CNY", value_date="1980") for id_ in ids))
    new = dataset(*(pledge(id_, "5 USD") for id_ in ids))
    change = new.total("CNY").exact / 3 - 5
    assert shown(new.compare(old, "CNY")) == [("amount revised", (id_,), change) for id_ in ids]


def test_a_state_without_a_rate_is_passed_at_once() -> None:
    # Between the two, the whole would count, and no dollar rate of 1980 is known.
    old = dataset(
        pledge("whole", "10 USD", value_date="1980"), pledge("a", "10 USD", part_of="whole")
    )
    new = old.remove("a").extend(pledge("b", "12 USD", part_of="whole"))
    (effect,) = new.compare(old, "CNY")
    assert (str(effect.kind), effect.ids) == ("removed", ("a", "b"))
    assert effect.exact == new.total("CNY").exact - old.total("CNY").exact


def test_a_rate_that_one_side_lacks_has_not_changed() -> None:
    old = dataset(pledge("a", "100 USD"))
    new = changed(old, "a", amount="100 EUR")
    effects = new.compare(old, "CNY", rates={"EUR/CNY": "8"}, old_rates={"USD/CNY": "6"})
    assert shown(effects) == [("amount revised", ("a",), 200)]


def test_a_rate_that_a_total_lacks_is_an_error() -> None:
    old = dataset(pledge("a", "100 USD"))
    with pytest.raises(RateNotFoundError, match="asked for USD to CNY by a"):
        old.compare(old, "CNY", rates={"EUR/CNY": "8"})
    with pytest.raises(RateNotFoundError, match="asked for USD to CNY by a"):
        old.compare(old, "CNY", old_rates={"EUR/CNY": "8"})


# Days and selections


def test_two_days_of_one_dataset() -> None:
    ds = dataset(
        pledge("v1"), pledge("v2", "90 CNY", announced="2021-02-01", supersedes="v1"),
        pledge("b", "7 CNY", announced="2021-03-01"), pledge("c", "8 CNY"),
    )  # fmt: skip
    assert shown(ds.compare(ds.as_of("2021-01-31"), "CNY")) == [
        ("added", ("b",), 7), ("superseded", ("v2", "v1"), -10),
    ]  # fmt: skip
    assert not ds.compare(ds.as_of("2021-12-31"), "CNY")


def test_a_link_that_an_unselected_record_states_is_known_on_another_day() -> None:
    ds = dataset(pledge("v1"), pledge("v2", "90 CNY", announced="2021-02-01", supersedes="v1"))
    first = ds.where(lambda pledge: pledge.id == "v1")
    effects = first.compare(first.as_of("2021-01-31"), "CNY")
    assert shown(effects) == [("superseded", ("v2", "v1"), -100)]


def test_what_only_one_dataset_has_is_tied_to_what_is_selected() -> None:
    new = dataset(pledge("v1"), pledge("told", "7 CNY"))
    old = new.extend(pledge("v2", "90 CNY", announced="2021-02-01", supersedes="v1"))
    effects = new.where(id="v1").compare(old.where(id="v1"), "CNY")
    assert shown(effects) == [("superseded", ("v2", "v1"), 100)]
    back = old.where(id="v1").compare(new.where(id="v1"), "CNY")
    assert shown(back) == [("superseded", ("v2", "v1"), -100)]
    beside = old.extend(pledge("part", "4 CNY", part_of="v1"))
    assert not beside.where(id="told").compare(new.where(id="told"), "CNY")


def test_a_link_of_a_record_that_is_not_selected_is_another() -> None:
    old = dataset(pledge("v1"), pledge("v2", "90 CNY", supersedes="v1"))
    new = changed(old, "v2", supersedes=None, restates="v1")
    effects = new.where(id="v1").compare(old.where(id="v1"), "CNY")
    assert shown(effects) == [("superseded", ("v2", "v1"), 100)]


def test_two_selections() -> None:
    ds = dataset(pledge("a"), pledge("b", "7 CNY", company="other"), pledge("c", "3 CNY"))
    effects = ds.where(company="other").compare(ds.where(company="acme"), "CNY")
    assert shown(effects) == [
        ("removed", ("a",), -100), ("removed", ("c",), -3), ("added", ("b",), 7),
    ]  # fmt: skip


# What is shown


def test_effects_come_by_group_then_kind_then_size() -> None:
    old = dataset(pledge("a"), pledge("b", "50 CNY", company="other"))
    new = changed(old, "a", amount="110 CNY").extend(
        pledge("x", "1 CNY"), pledge("y", "2 CNY"), pledge("z", "9 CNY", company="other")
    )
    effects = new.compare(old, "CNY", by="company")
    assert [(e.group, *e.ids) for e in effects] == [
        ("acme", "y"), ("acme", "x"), ("acme", "a"), ("other", "z"),
    ]  # fmt: skip
    assert effects[0] == Effect(
        effects[0].kind, ("y",), Fraction(2), "acme", what=lambda: Sentence("x")
    )
    assert [e.ids for e in effects[1:3]] == [("x",), ("a",)]


@given(versions(), st.randoms(use_true_random=False), groupings)
def test_the_order_of_the_records_is_no_matter(
    pair: tuple[Dataset, Dataset], random: Random, by: Any
) -> None:
    try:
        effects = pair[1].compare(pair[0], "EUR", by=by)
    except CommonProsperityError:
        return
    shuffled = []
    for each in pair:
        pledges, companies = [*each.pledges], [*each.companies]
        random.shuffle(pledges)
        random.shuffle(companies)
        shuffled.append(Dataset(each.sources, companies, each.initiatives, pledges))
    again = shuffled[1].compare(shuffled[0], "EUR", by=by)
    assert by_group(again) == by_group(effects)
    assert said(again) == said(effects)


def test_effects_show_themselves() -> None:
    old = dataset(pledge("a", "1000 CNY"))
    new = changed(old, "a", amount="1002.5 CNY").extend(pledge("b", "4 CNY", company="other"))
    effects = new.compare(old, "CNY", by="company")
    assert repr(effects) == "Effects: 2 effects, 6.50 CNY in all"
    assert str(effects).splitlines() == [
        "Company  Effect          Records  What                                    CNY",
        "-------  --------------  -------  ---------------------------------  --------",
        "Other    added           b        4 CNY of 2021-01-04                    4.00",
        "Acme     amount revised  a        1,000 CNY before, 1,002.5 CNY now      2.50",
        "-------  --------------  -------  ---------------------------------  --------",
        "old                                                                  1,000.00",
        "change                                                                   6.50",
        "new                                                                  1,006.50",
    ]
    html = effects._repr_html_()
    assert "Effects: 2 effects, 6.50 CNY in all" in html
    assert "<td>1,000 CNY before, 1,002.5 CNY now</td>" in html
    assert "| Acme | amount revised | a |" in effects._repr_markdown_()
    nothing = old.compare(old, "CNY")
    assert repr(nothing) == "Effects: 0 effects, 0.00 CNY in all"
    assert nothing.table().note == "nothing that counts has changed"
    assert nothing.exact == 0
    assert repr(changed(old, "a", amount="101 CNY").compare(old, "CNY")).startswith(
        "Effects: 1 effect,"
    )


def test_a_reader_sees_the_first_records_of_an_effect_and_a_program_all_of_them() -> None:
    ids = [f"p{number}" for number in range(7)]
    ds = dataset(*(pledge(id_, "1 USD") for id_ in ids))
    effects = ds.compare(ds, "CNY", rates={"USD/CNY": "7"}, old_rates={"USD/CNY": "6"})
    table = effects.table()
    shown_to_readers = "p0, p1, p2, p3, p4, p5 and 1 more"
    assert shown_to_readers in table.text()
    assert shown_to_readers in table.markdown()
    assert shown_to_readers in table.html()
    assert f'"{", ".join(ids)}"' in table.csv()
    assert json.loads(table.json())["rows"][0]["records"] == ", ".join(ids)
    assert ", ".join(ids) in attrs.evolve(table, whole=True).text()
    six = ds.remove("p6")
    effects = six.compare(six, "CNY", rates={"USD/CNY": "7"}, old_rates={"USD/CNY": "6"})
    assert "p0, p1, p2, p3, p4, p5  " in effects.table().text()


def test_what_a_dash_among_the_groups_means_is_said() -> None:
    old = dataset(pledge("a"), pledge("b", funder="the public"))
    new = changed(changed(old, "a", amount="7 CNY"), "b", amount="8 CNY")
    assert new.compare(old, "CNY", by="funder").table().note == "– means that none is given"
    assert new.compare(old, "CNY", by="stage").table().note == ""
    assert new.where(funder="the public").compare(
        old.where(funder="the public"), "CNY", by="funder"
    ).table().note == ""  # fmt: skip


def test_effects_are_said_in_chinese() -> None:
    old = dataset(pledge("a", "100 CNY"))
    new = changed(old, "a", amount="120 CNY", stage="disbursement")
    said_in_chinese = {in_language("zh_CN")(e.what) for e in new.compare(old, "CNY", by="stage")}
    assert said_in_chinese == {"原为已承诺，现为已拨付", "原为100元，现为120元"}


def test_a_field_that_is_none() -> None:
    ds = dataset(pledge("a"))
    with pytest.raises(FieldError, match="did you mean company"):
        ds.compare(ds, "CNY", by="compny")


def test_a_tag_that_only_the_old_dataset_has() -> None:
    old = dataset(pledge("a", tags={"sector": "water"}))
    effects = dataset(pledge("a")).compare(old, "CNY", by="tags.sector")
    assert {e.group: e.exact for e in effects} == {"water": -100, None: 100}


def test_the_name_of_a_file_is_no_dataset() -> None:
    with pytest.raises(RecordError, match=r"old: 'january.toml' is no dataset; read the other"):
        dataset(pledge("a")).compare("january.toml", "CNY")  # type: ignore[arg-type]


# Constant prices


def test_in_constant_prices_the_effects_add_up_though_a_country_changes(tmp_path: Path) -> None:
    file = tmp_path / "prices.csv"
    rows = ["country,year,index", "CN,2020,100", "CN,2021,110", "US,2020,100", "US,2021,120"]
    file.write_text("\n".join(rows), encoding="utf-8")
    prices = cp.prices.from_csv(file)
    acme, other = (attrs.evolve(each, country="CN") for each in COMPANIES)
    old = dataset(pledge("a"), pledge("b", "40 CNY", company="other")).replace(acme, other)
    new = changed(old.replace(attrs.evolve(other, country="US")), "a", amount="120 CNY")
    effects = new.compare(old, "CNY", prices=prices, base=2020)
    assert str(effects).startswith("In prices of 2020\n")
    totals = [each.total("CNY", prices=prices, base=2020).exact for each in (old, new)]
    assert sum(e.exact for e in effects) == totals[1] - totals[0]
    assert [(str(e.kind), e.ids) for e in effects] == [
        ("amount revised", ("a",)), ("rate changed", ("b",)),
    ]  # fmt: skip
