"""Totals and bounds that need rates which are not known."""

import pickle
from collections.abc import Callable

import pytest

import commonprosperity as cp
from commonprosperity import (
    Dataset,
    Period,
)
from commonprosperity.errors import (
    MissingRatesError,
    RateNotFoundError,
)
from commonprosperity.rates import ecb
from strategies import (
    dataset,
    pledge,
)


def with_a_sum_of_a_year_without_a_mean() -> Dataset:
    return dataset(
        pledge("sum", "100 billion CNY", announced="2026"),
        pledge("a", "60 billion CNY", qualifier="about", announced="2026-03-02", part_of="sum"),
        pledge("b", "40 billion CNY", qualifier="about", announced="2026-05-04", part_of="sum"),
    )


def test_bound_without_a_rate_raises_when_asked_for_and_never_keeps_a_total_from_being_shown() -> (
    None
):
    total = with_a_sum_of_a_year_without_a_mean().total("USD")
    with pytest.raises(RateNotFoundError):
        _ = total.low
    assert total.high == total.amount
    assert total.unknown_bounds == {"low"}
    assert not total.is_firm
    rows = dict(total.table().rows)
    assert rows["at least: not known"] is None
    assert rows["at most"] == total.amount.amount
    for shown in (str(total), total._repr_html_(), total._repr_markdown_(), total.table().json()):
        assert "not known" in shown


def test_high_without_a_rate_is_not_known_either() -> None:
    sure = {"announced": "2021-01-04"}
    ds = dataset(
        pledge("a", "5 USD", **sure),
        pledge("b", "0 USD", high="5 USD", announced="1990"),
    )
    total = ds.total("CNY")
    assert total.unknown_bounds == {"high"}
    assert dict(total.table().rows)["at most: not known"] is None
    assert total.low == total.amount
    table = ds.totals("CNY", by="company").table()
    names = [column.name for column in table.columns]
    assert table.totals[0][names.index("at most")] is None
    assert table.totals[0][names.index("at least")] == total.amount.amount


def test_bounds_of_groups_without_a_rate_are_blank_and_a_note_says_why() -> None:
    pytest.importorskip("pyarrow", reason="needs the extra `all`")
    totals = with_a_sum_of_a_year_without_a_mean().totals("USD", by="company")
    table = totals.table()
    names = [column.name for column in table.columns]
    assert [row[names.index("at least")] for row in (*table.rows, *table.totals)] == [None, None]
    assert table.note == "a blank bound is not known, as a rate that it needs is not"
    for shown in (str(totals), totals._repr_html_(), totals._repr_markdown_()):
        assert "not known" in shown
    assert totals.to_arrow()["at least"].null_count == 1


def test_groups_whose_bounds_are_known_need_no_note() -> None:
    table = cp.load().totals("CNY", by="company").table()
    assert "at least" in [column.name for column in table.columns]
    assert table.note == ""


def missing(act: Callable[[], object]) -> MissingRatesError:
    with pytest.raises(MissingRatesError) as error:
        act()
    copied = pickle.loads(pickle.dumps(error.value))  # noqa: S301 (our own)
    assert str(copied) == str(error.value)
    assert [ids for _, ids in copied.missing] == [ids for _, ids in error.value.missing]
    return error.value


def test_missing_rates_are_told_all_at_once_with_the_pledges_that_need_them() -> None:
    ds = dataset(
        pledge("a", "7 CNY", announced="1998-03-01"),
        pledge("b", "8 CNY", announced="1998-03-01"),
        pledge("c", "9 KZT"),
        pledge("d", "9 CNY", announced="1997"),
        pledge("known", "5 CNY"),
        pledge("nothing", "0 KZT", announced="1990"),
    )
    error = missing(lambda: ds.total("USD"))
    published = sorted(ecb().published("EUR", "CNY", Period.parse("1990/2050")))
    first, last = published[0], published[-1]
    assert str(error) == (
        f"no CNY rate on 1998-03-01, 1997; the ECB's are known from {first} to {last} "
        "(asked for CNY to USD by a, b, d); no KZT rate on 2021-01-04; the ECB has never published "
        "one; give rates=cp.rates.world(), which has more currencies (asked for KZT to USD by c)"
    )
    assert [(one.base, one.on, ids) for one, ids in error.missing] == [
        ("CNY", "1998-03-01", ("a", "b")), ("KZT", "2021-01-04", ("c",)), ("CNY", "1997", ("d",))
    ]  # fmt: skip
    assert (error.base, error.quote, error.on, error.currency) == (
        "CNY", "USD", "1998-03-01", "CNY"
    )  # fmt: skip
    assert error.nearest == (first,)
    assert isinstance(error, RateNotFoundError)


def test_missing_rates_are_the_same_of_totals_and_of_progress() -> None:
    ds = dataset(pledge("a", "7 CNY", announced="1998"), pledge("b", "9 KZT"))
    sentence = str(missing(lambda: ds.total("USD")))
    for act in (
        lambda: ds.totals("USD", by="company"),
        lambda: ds.progress(to="USD"),
        lambda: ds.progress(by="company", to="USD"),
    ):
        assert str(missing(act)) == sentence


def test_progress_names_the_pledges_inside_a_promise_whose_rate_is_missing() -> None:
    ds = dataset(
        pledge("promise", "7 CNY", announced="1998"),
        pledge("paid", "3 CNY", stage="disbursement", part_of="promise"),
        pledge("rest", "4 CNY", stage="disbursement", part_of="promise", announced="2022-03-01"),
    )
    assert ds.total("USD").amount.amount > 0
    ((error, ids),) = missing(lambda: ds.progress(to="USD")).missing
    assert (error.on, ids) == ("1998", ("paid", "rest"))


def test_a_bound_names_the_pledges_that_need_a_rate_for_it() -> None:
    ds = dataset(
        pledge("sum", "100 CNY", announced="1998"),
        pledge("a", "60 CNY", qualifier="about", part_of="sum"),
        pledge("b", "40 CNY", qualifier="about", part_of="sum"),
    )
    total = ds.total("USD")
    ((error, ids),) = missing(lambda: total.low).missing
    assert (error.on, ids) == ("1998", ("sum",))


def test_a_total_without_an_upper_end_has_none_whatever_rates_are_missing() -> None:
    for ids in ("ab", "ba"):
        ds = dataset(
            *(
                pledge(id_, "1 CNY", qualifier="at_least")
                if id_ == "a"
                else pledge(id_, "0 CNY", high="5 CNY", announced="1998")
                for id_ in ids
            )
        )
        assert ds.total("USD").high is None


def test_the_sentence_of_missing_rates_is_cut_short() -> None:
    many = [pledge(f"p{n}", "1 CNY", announced=f"{1990 + n % 8}-0{n % 9 + 1}") for n in range(99)]
    codes = ["AED", "AFN", "ALL", "AMD", "AOA", "ARS", "AWG"]
    error = missing(lambda: dataset(*many, *(pledge(c, f"1 {c}") for c in codes)).total("USD"))
    sentence = str(error)
    assert "no CNY rate on 1990-01, 1991-02, 1992-03 and 69 more; the ECB's" in sentence
    assert "by p0, p72, p1, p73, p2 and 94 more); no AED rate on 2021-01-04;" in sentence
    assert sentence.endswith("(asked for AMD to USD by AMD); and 3 more")
    assert len(error.missing) == 79
    five = missing(lambda: dataset(*(pledge(c, f"1 {c}") for c in codes[:5])).total("USD"))
    assert str(five).endswith("(asked for AOA to USD by AOA)")
    assert len(sentence) < 1000
