import attrs
import pytest
from hypothesis import given

import commonprosperity as cp
from commonprosperity.progress import Progress, ProgressBy
from strategies import dataset_of, linked_pledges


def yuan(amount: str) -> cp.Money:
    return cp.Money(amount, "CNY")


def pledge(id_: str, amount: str, stage: str = "pledge", **facts: object) -> cp.Pledge:
    told = {"company": "acme", "announced": "2021-09-02"} | facts
    return cp.Pledge(id=id_, amount=amount, stage=stage, **told)  # type: ignore[arg-type]


def progress_of(*pledges: cp.Pledge) -> Progress:
    progress = dataset_of(list(pledges)).progress()
    assert isinstance(progress, Progress)
    return progress


def test_promise_that_is_never_told_of_again_is_unknown_and_not_0() -> None:
    assert progress_of(pledge("a", "10 CNY")) == Progress(
        pledged=yuan("10"), committed=None, disbursed=None, outstanding=None, unknown=yuan("10")
    )


def test_commitment_without_a_disbursement_is_unknown_too() -> None:
    told = progress_of(pledge("a", "10 CNY"), pledge("b", "4 CNY", "commitment", part_of="a"))
    assert told == Progress(
        pledged=yuan("10"),
        committed=yuan("4"),
        disbursed=None,
        outstanding=None,
        unknown=yuan("10"),
    )


def test_what_is_given_of_a_promise_leaves_the_rest_outstanding() -> None:
    told = progress_of(
        pledge("a", "10 CNY"),
        pledge("b", "4 CNY", "commitment", part_of="a"),
        pledge("c", "1 CNY", "disbursement", part_of="b"),
    )
    assert told == Progress(
        pledged=yuan("10"),
        committed=yuan("4"),
        disbursed=yuan("1"),
        outstanding=yuan("9"),
        unknown=yuan("0"),
    )


def test_promise_kept_in_full_has_nothing_outstanding() -> None:
    told = progress_of(pledge("a", "10 CNY"), pledge("b", "10 CNY", "disbursement", part_of="a"))
    assert (told.disbursed, told.outstanding, told.unknown) == (yuan("10"), yuan("0"), yuan("0"))


def test_gift_without_a_promise_has_nothing_outstanding() -> None:
    told = progress_of(pledge("a", "10 CNY", "disbursement"))
    assert (told.pledged, told.disbursed, told.outstanding) == (yuan("10"), yuan("10"), yuan("0"))


def test_more_given_than_promised_counts_in_full() -> None:
    told = progress_of(pledge("a", "10 CNY"), pledge("b", "12 CNY", "disbursement", part_of="a"))
    assert (told.pledged, told.disbursed, told.outstanding) == (yuan("12"), yuan("12"), yuan("0"))


def test_known_and_unknown_promises_are_kept_apart() -> None:
    told = progress_of(
        pledge("a", "10 CNY"),
        pledge("b", "3 CNY", "disbursement", part_of="a"),
        pledge("c", "100 CNY"),
    )
    assert (told.disbursed, told.outstanding, told.unknown) == (yuan("3"), yuan("7"), yuan("100"))


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
        "total", "214.169", "4.169", "4.169", "–", "210.000",
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
    with pytest.raises(cp.CurrencyMismatchError):
        mixed.progress()
    progress = mixed.progress(to="CNY", rates=cp.rates.fixed({"USD/CNY": "6.5"}))
    assert isinstance(progress, Progress)
    assert progress.pledged == yuan("7.5")
    with pytest.raises(cp.CurrencyError):
        cp.Dataset().progress()


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


def test_nothing_selected_is_in_the_currency_of_all() -> None:
    progress = cp.load().where(company="kuaishou").progress()
    assert isinstance(progress, Progress)
    assert progress.pledged == yuan("0")
