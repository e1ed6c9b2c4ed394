from fractions import Fraction

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import commonprosperity as cp
from commonprosperity.progress import Progress, ProgressBy
from oracle import Oracle
from strategies import INITIATIVES, dataset, dataset_of, linked_pledges, pools, trees


def yuan(amount: str) -> cp.Money:
    return cp.Money(amount, "CNY")


def pledge(id_: str, amount: str, stage: str = "pledge", **facts: object) -> cp.Pledge:
    given = {"company": "acme", "announced": "2021-09-02"} | facts
    return cp.Pledge(id=id_, amount=amount, stage=stage, **given)  # type: ignore[arg-type]


def progress_of(*pledges: cp.Pledge) -> Progress:
    progress = dataset_of(list(pledges)).progress()
    assert isinstance(progress, Progress)
    return progress


def test_promise_that_is_never_told_of_again_is_unknown_and_not_0() -> None:
    assert progress_of(pledge("a", "10 CNY")) == Progress(
        pledged=yuan("10"), committed=None, disbursed=None, outstanding=None, unknown=yuan("10")
    )


def test_commitment_without_a_disbursement_is_unknown_too() -> None:
    progress = progress_of(pledge("a", "10 CNY"), pledge("b", "4 CNY", "commitment", part_of="a"))
    assert progress == Progress(
        pledged=yuan("10"),
        committed=yuan("4"),
        disbursed=None,
        outstanding=None,
        unknown=yuan("10"),
    )


def test_what_is_given_of_a_promise_leaves_the_rest_outstanding() -> None:
    progress = progress_of(
        pledge("a", "10 CNY"),
        pledge("b", "4 CNY", "commitment", part_of="a"),
        pledge("c", "1 CNY", "disbursement", part_of="b"),
    )
    assert progress == Progress(
        pledged=yuan("10"),
        committed=yuan("4"),
        disbursed=yuan("1"),
        outstanding=yuan("9"),
        unknown=yuan("0"),
    )


def test_promise_kept_in_full_has_nothing_outstanding() -> None:
    progress = progress_of(
        pledge("a", "10 CNY"), pledge("b", "10 CNY", "disbursement", part_of="a")
    )
    assert (progress.disbursed, progress.outstanding, progress.unknown) == (
        yuan("10"),
        yuan("0"),
        yuan("0"),
    )


def test_gift_without_a_promise_has_nothing_outstanding() -> None:
    progress = progress_of(pledge("a", "10 CNY", "disbursement"))
    assert (progress.pledged, progress.disbursed, progress.outstanding) == (
        yuan("10"),
        yuan("10"),
        yuan("0"),
    )


def test_more_given_than_promised_counts_in_full() -> None:
    progress = progress_of(
        pledge("a", "10 CNY"), pledge("b", "12 CNY", "disbursement", part_of="a")
    )
    assert (progress.pledged, progress.disbursed, progress.outstanding) == (
        yuan("12"),
        yuan("12"),
        yuan("0"),
    )


def test_known_and_unknown_promises_are_kept_apart() -> None:
    progress = progress_of(
        pledge("a", "10 CNY"),
        pledge("b", "3 CNY", "disbursement", part_of="a"),
        pledge("c", "100 CNY"),
    )
    assert (progress.disbursed, progress.outstanding, progress.unknown) == (
        yuan("3"),
        yuan("7"),
        yuan("100"),
    )


def test_disbursement_speaks_for_the_promise_that_it_is_inside_of_and_for_no_other() -> None:
    progress = progress_of(
        pledge("w", "100 CNY"),
        pledge("x", "50 CNY", part_of="w"),
        pledge("y", "50 CNY", part_of="w"),
        pledge("z", "5 CNY", "disbursement", part_of="x"),
    )
    assert (progress.disbursed, progress.outstanding) == (yuan("5"), yuan("45"))
    assert progress.unknown == yuan("50")


def test_disbursement_speaks_for_contracts_up_to_the_nearest_pledge() -> None:
    progress = progress_of(
        pledge("programme", "100 CNY"),
        pledge("promise", "60 CNY", part_of="programme"),
        pledge("contract", "40 CNY", "commitment", part_of="promise"),
        pledge("tranche", "30 CNY", "commitment", part_of="contract"),
        pledge("paid", "20 CNY", "disbursement", part_of="tranche"),
        pledge("paid-on", "12 CNY", "disbursement", part_of="paid"),
        pledge("other-contract", "15 CNY", "commitment", part_of="promise"),
    )
    assert progress == Progress(
        pledged=yuan("100"),
        committed=yuan("55"),
        disbursed=yuan("20"),
        outstanding=yuan("25"),  # 10 of the contracts, 10 of the tranche and 5 of the promise
        unknown=yuan("55"),  # 40 of the programme and 15 of the other contract
    )


def test_promise_and_what_came_of_it_are_valued_on_its_own_day() -> None:
    promise = pledge("w", "100 CNY")
    paid = pledge("x", "100 CNY", "disbursement", part_of="w", announced="2023-09-01")
    ds = dataset_of([promise, paid])
    before, after = (one.progress(to="USD") for one in (ds.where(id="w"), ds))
    assert after.pledged == before.pledged == after.disbursed
    assert after.pledged != ds.total("USD").amount
    assert (after.outstanding, after.unknown) == (cp.Money("0.00", "USD"), cp.Money(0, "USD"))


def test_payment_in_another_currency_is_what_its_source_says_of_the_promise() -> None:
    ds = dataset_of([
        pledge("w", "100 CNY"),
        pledge("m", "90 EUR", "commitment", part_of="w", equivalents=["60 CNY"]),
        pledge(
            "x", "15.49 USD", "disbursement", part_of="m", announced="2023-09-01",
            equivalents=["70 EUR", "40 CNY"],
        ),
    ])  # fmt: skip
    progress = ds.progress(to="CNY")
    assert progress == Progress(yuan("100"), yuan("60"), yuan("40"), yuan("60"), yuan("0"))


def test_value_of_a_part_is_that_of_the_selected_root() -> None:
    ds = dataset_of([
        pledge("w", "100 CNY"),
        pledge("x", "10 USD", "disbursement", part_of="w", equivalents=["40 CNY"]),
    ])  # fmt: skip
    assert ds.progress(to="CNY").disbursed == yuan("40")
    alone = ds.where(id="x")
    assert alone.progress(to="CNY").disbursed == alone.total("CNY").amount


def test_what_was_withdrawn_is_neither_promised_nor_unknown() -> None:
    progress = progress_of(
        pledge("w", "100 CNY"),
        pledge("x", "50 CNY", part_of="w"),
        pledge("c", "30 CNY", "commitment", part_of="x"),
        pledge("gone", "0 CNY", supersedes="w", announced="2022"),
    )
    assert progress == Progress(yuan("30"), yuan("30"), None, None, yuan("30"))


def test_stages_of_one_initiative_that_no_link_relates_are_warned_of() -> None:
    ds = cp.Dataset(
        companies=[cp.Company(id="acme", name="Acme")],
        initiatives=[cp.Initiative(id="hope", company="acme", name="Hope")],
        pledges=[
            pledge("a", "60 CNY", "commitment", initiative="hope"),
            pledge("b", "30 CNY", "disbursement", initiative="hope"),
        ],
    )
    for by in (None, "company"):
        with pytest.warns(cp.DoubleCountWarning, match="hope: a is a commitment") as caught:
            ds.progress(by=by)
        assert [warning.filename for warning in caught] == [__file__]


def test_what_counts_for_nothing_needs_no_rate() -> None:
    early = pledge("w", "0 CNY", announced="1990")
    progress = dataset_of([early, pledge("x", "5 CNY")]).progress(to="USD")
    assert progress.pledged.amount > 0


@pytest.mark.filterwarnings("ignore::commonprosperity.DoubleCountWarning")
@settings(max_examples=200)
@given(trees() | pools(), st.data())
def test_progress_is_what_the_design_says(pledges: list[cp.Pledge], data: st.DataObject) -> None:
    ids = [p.id for p in pledges]
    if Oracle(pledges, ids).is_refused():
        return
    selected = data.draw(st.just(ids) | st.sets(st.sampled_from(ids)))
    oracle = Oracle(pledges, [id_ for id_ in ids if id_ in selected], pooled=["water"])
    ds = dataset(*pledges, initiatives=INITIATIVES)
    ds = ds.where(lambda p: p.id in selected)
    rates = cp.rates.ecb()
    exact: dict[tuple[str, bool], Fraction] = {}
    for id_, delivery in oracle.delivered().items():
        rate = rates.rate(delivery.root.amount.currency, "CNY", delivery.root.value_date).factor
        step = oracle.all[id_].stage, delivery.is_told_of
        exact[step] = exact.get(step, Fraction(0)) + delivery.amount * rate

    def sum_of(*stages: str, told_of: tuple[bool, ...] = (True, False)) -> cp.Money | None:
        known = [exact[s, t] for s, t in exact if s in stages and t in told_of]
        return cp.Money.rounded(sum(known, Fraction(0)), "CNY") if known else None

    progress, nothing = ds.progress(to="CNY"), yuan("0")
    outstanding = sum_of("pledge", "commitment", told_of=(True,))
    assert progress.pledged == (sum_of("pledge", "commitment", "disbursement") or nothing)
    assert progress.committed == sum_of("commitment", "disbursement")
    assert progress.disbursed == sum_of("disbursement")
    assert progress.outstanding == (outstanding or (progress.disbursed and nothing))
    assert progress.unknown == (sum_of("pledge", "commitment", told_of=(False,)) or nothing)


def test_records_that_do_not_count_tell_of_no_delivery() -> None:
    old = pledge("a", "10 CNY", "disbursement")
    new = pledge("b", "20 CNY", "pledge", supersedes="a")
    assert progress_of(old, new).disbursed is None
    telling = pledge("c", "5 CNY", "commitment", restates="b")
    assert progress_of(attrs.evolve(new, supersedes=None), telling).committed is None


def test_article_by_company() -> None:
    progress = cp.load().progress(by="company")
    assert isinstance(progress, ProgressBy)
    assert [*progress] == ["tencent", "alibaba", "pinduoduo"]
    assert progress["alibaba"].disbursed is None
    assert progress["tencent"] == Progress(
        pledged=yuan("104.169e9"),
        committed=yuan("4.169e9"),
        disbursed=yuan("4.169e9"),
        outstanding=yuan("0"),
        unknown=yuan("100e9"),
    )
    assert progress.grand.pledged == yuan("214.169e9")
    assert str(progress).splitlines()[-1].split() == [
        "total", "214.169", "4.169", "4.169", "0", "210.000",
    ]  # fmt: skip
    assert repr(progress).startswith("ProgressBy: 3 by company, Progress(pledged=")


def test_table_leaves_blank_what_is_not_known() -> None:
    progress = cp.load().where(company="alibaba").progress(to="USD")
    assert isinstance(progress, Progress)
    table = progress.table()
    assert [column.name for column in table.columns] == [
        "pledged USD", "committed", "disbursed", "outstanding", "unknown",
    ]  # fmt: skip
    amount = progress.pledged.amount
    assert table.rows == ((amount, None, None, None, amount),)


def test_currency_may_be_left_out_where_there_is_one() -> None:
    mixed = dataset_of([pledge("a", "1 CNY"), pledge("b", "1 USD")])
    with pytest.raises(cp.errors.CurrencyMismatchError, match=r"; choose one, with to='CNY'$"):
        mixed.progress()
    progress = mixed.progress(to="CNY", rates=cp.rates.fixed({"USD/CNY": "6.5"}))
    assert isinstance(progress, Progress)
    assert progress.pledged == yuan("7.5")


@given(linked_pledges(currency="CNY"))
def test_what_is_given_outstanding_and_unknown_is_all_that_was_promised(
    pledges: list[cp.Pledge],
) -> None:
    if not pledges:
        return
    progress = progress_of(*pledges)
    known = [progress.disbursed, progress.outstanding, progress.unknown]
    assert sum(money for money in known if money is not None) == progress.pledged
    assert (progress.disbursed is None) == (progress.outstanding is None)
    assert (progress.committed or yuan("0")) >= (progress.disbursed or yuan("0"))


def test_groups_keep_what_is_outstanding_where_the_gift_is_in_another_group() -> None:
    whole = pledge("w", "100 CNY", funder="one")
    part = pledge("x", "40 CNY", "disbursement", part_of="w", funder="other")
    progress = dataset_of([whole, part]).progress(by="funder")
    assert isinstance(progress, ProgressBy)
    assert progress["one"] == Progress(yuan("60"), None, None, yuan("60"), yuan("0"))
    assert progress["other"].disbursed == yuan("40")


def test_nothing_at_all_is_in_the_currency_asked_for() -> None:
    assert cp.Dataset().progress(to="EUR").pledged == cp.Money(0, "EUR")
    with pytest.raises(cp.errors.RecordError, match=r'to: None is no currency, .* give to="CNY"'):
        cp.Dataset().progress()


def test_nothing_selected_is_in_the_currency_of_all() -> None:
    progress = cp.load().where(company="kuaishou").progress()
    assert isinstance(progress, Progress)
    assert progress.pledged == yuan("0")


def test_repr_has_the_amounts_alone() -> None:
    assert repr(progress_of(pledge("a", "10 CNY"))) == (
        "Progress(pledged=Money('10.00', 'CNY'), committed=None, disbursed=None, outstanding=None,"
        " unknown=Money('10.00', 'CNY'))"
    )
