"""Groups of totals: by fields, times and functions, found by what they are called, in tables."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

import commonprosperity as cp
from commonprosperity import (
    Company,
    Dataset,
    Initiative,
    Money,
    Pledge,
    Totals,
)
from commonprosperity.errors import (
    FieldError,
    GroupNotFoundError,
    SharedNameError,
)
from commonprosperity.table import Kind
from even_rates import Even, article
from strategies import (
    dataset,
    pledge,
)


def test_groups_are_told_by_the_values_of_their_field() -> None:
    totals = article().totals("CNY", by="initiative", rates=Even())
    assert {group: total.exact for group, total in totals.items()} == {None: 90, "hope": 70}
    assert [*totals] == [None, "hope"]
    assert totals["hope"].pledges == (article()["plan"],)
    assert len(totals) == 2
    assert totals.by == ("initiative",)


def test_group_that_is_not_there_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        _ = article().totals("CNY", by="company")["nobody"]
    assert "nobody" not in article().totals("CNY", by="company")


def test_groups_of_several_fields_are_tuples() -> None:
    totals = article().totals("CNY", by=("company", "stage"), rates=Even())
    assert {group: total.exact for group, total in totals.items()} == {
        ("other", "pledge"): 70,
        ("acme", "disbursement"): 40,
        ("other", "commitment"): 30,
        ("acme", "pledge"): 20,
    }
    assert totals.by == ("company", "stage")
    assert [*article().totals("CNY", by=["company"])] == [("acme",), ("other",)]


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        ("year", {"2021": 160, None: 0}),
        ("month", {"2021-01": 140, "2021-02": 20, None: 0}),
        (lambda p: len(p.id), {4: 130, 5: 30}),
    ],
)
def test_groups_of_time_and_of_functions(
    by: str | Callable[[Pledge], Any], groups: dict[Any, int]
) -> None:
    totals = article().totals("CNY", by=by, rates=Even())
    assert {group: total.exact for group, total in totals.items()} == groups
    assert totals.by == ((by,) if isinstance(by, str) else ("group",))


def test_years_and_months_come_in_their_order_and_the_largest_of_each_first() -> None:
    ds = dataset(
        pledge("a", amount="1 CNY", announced="2021-03", locator="small"),
        pledge("b", amount="9 CNY", announced="2021-01", locator="small"),
        pledge("c", amount="5 CNY", announced="2021-03", locator="large"),
        pledge("d", amount="7 CNY", announced="2019/2020", locator="large"),
    )
    assert [*ds.totals("CNY", by="year")] == ["2021", None]
    assert [*ds.totals("CNY", by="month")] == ["2021-01", "2021-03", None]
    by_both = ds.totals("CNY", by=["locator", "month"])
    assert [*by_both] == [
        ("small", "2021-01"), ("large", "2021-03"), ("small", "2021-03"), ("large", None),
    ]  # fmt: skip
    assert [*ds.progress("month")] == ["2021-01", "2021-03", None]


def test_function_that_returns_years_makes_the_largest_first() -> None:
    ds = dataset(pledge("a", amount="1 CNY"), pledge("b", amount="2 CNY"))
    assert [*ds.totals("CNY", by=lambda p: {"a": "2020", "b": "2021"}[p.id])] == ["2021", "2020"]


def test_year_is_known_where_the_month_is_not_and_comes_at_its_end() -> None:
    ds = dataset(
        pledge("a", announced="2021-Q2"),
        pledge("b", announced="2021"),
        pledge("c", announced="2021-12-31", amount="1 CNY"),
        pledge("d", announced="2022-01-01", amount="1 CNY"),
        pledge("e", announced="2021-12-31/2022-01-01"),
    )
    assert [*ds.totals("CNY", by="year")] == ["2021", "2022", None]
    assert [*ds.totals("CNY", by="month")] == ["2021-12", "2021", "2022-01", None]
    assert [*ds.totals("CNY", by="month").table().rows][1][0] == "2021"


def test_dates_come_in_their_order() -> None:
    ds = dataset(
        pledge("a", announced="2021-03", value_date="2022", amount="1 CNY", spend="2023"),
        pledge("b", announced="2021-01", value_date="2023", amount="2 CNY"),
        pledge("c", announced="2021", value_date="2021", amount="3 CNY", spend="2022"),
    )
    for field, times in (
        ("announced", ["2021-01", "2021", "2021-03"]),  # by start, then end
        ("value_date", ["2021", "2022", "2023"]),
        ("spend", ["2022", "2023", "None"]),
    ):
        assert [*map(str, ds.totals("CNY", by=field))] == times
        assert [str(time) for _, time in ds.totals("CNY", by=("company", field))] == times


def test_groups_of_equal_sums_are_in_the_order_of_their_names() -> None:
    ds = dataset(*(pledge(f"p{at}", locator=name) for at, name in enumerate("cab")))
    assert [*ds.totals("CNY", by="locator")] == ["a", "b", "c"]


def test_shares_are_exact() -> None:
    ds = dataset(pledge("a", "1 CNY"), pledge("b", "2 CNY", company="other"))
    assert ds.totals("CNY", by="company").shares == {
        "other": Fraction(2, 3),
        "acme": Fraction(1, 3),
    }


def test_shares_of_nothing_are_nothing() -> None:
    assert dataset(pledge("a", "0 CNY")).totals("CNY", by="company").shares == {"acme": 0}


@pytest.mark.parametrize("by", ["compny", ["stage", "compny"]])
def test_group_by_what_is_no_field_is_refused_with_the_nearest_one(by: str | list[str]) -> None:
    with pytest.raises(FieldError, match="'compny' is no field of a pledge; did you mean company"):
        dataset().totals("CNY", by=by)


@pytest.mark.parametrize("by", [5, None, (), [5]])
def test_group_by_what_is_no_text_is_refused_with_the_fields_that_there_are(by: Any) -> None:
    with pytest.raises(
        FieldError, match=r" is no field of a pledge; .*there are year, month, id, "
    ):
        dataset().totals("CNY", by=by)


def test_group_by_what_is_nearly_a_year_is_refused_with_it() -> None:
    with pytest.raises(FieldError, match=r"did you mean year\?; there are year, month, id, "):
        dataset().totals("CNY", by="yaer")


def test_table_of_groups_shows_names_stages_payers_and_shares() -> None:
    table = article().totals("CNY", by="company", rates=Even()).table()
    assert [(c.name, c.kind) for c in table.columns] == [
        ("company", Kind.TEXT),
        ("pledged", Kind.AMOUNT),
        ("committed", Kind.AMOUNT),
        ("disbursed", Kind.AMOUNT),
        ("paid by others", Kind.AMOUNT),
        ("CNY", Kind.AMOUNT),
        ("at least", Kind.AMOUNT),
        ("at most", Kind.AMOUNT),
        ("share", Kind.SHARE),
    ]
    assert table.rows == (
        ("Other", 70, 30, None, None, 100, 30, 100, Fraction(5, 8)),
        ("Acme", 20, None, 40, 60, 60, 60, 60, Fraction(3, 8)),
    )
    assert table.totals == (("total", 90, 30, 40, 60, 160, 90, 160, 1),)


def test_table_of_groups_leaves_out_the_stages_where_there_is_one_and_payers_where_there_are_none() -> (
    None
):
    table = dataset(pledge("a"), pledge("b")).totals("CNY", by=["initiative", "company"]).table()
    assert [column.name for column in table.columns] == [
        "initiative", "company", "CNY", "share",
    ]  # fmt: skip
    assert table.rows == (("–", "Acme", 200, 1),)
    assert table.totals == (("total", None, 200, 1),)


def test_table_of_groups_tells_two_stages_apart() -> None:
    ds = dataset(pledge("a"), pledge("b", "7 CNY", stage="disbursement"))
    table = ds.totals("CNY", by="company").table()
    assert table.rows == (("Acme", 100, 7, 107, 1),)
    assert [column.name for column in table.columns][1:3] == ["pledged", "disbursed"]


def test_table_of_groups_shows_other_currencies_beside() -> None:
    yuan, euros = (article().totals(to, by="initiative", rates=Even()) for to in ("CNY", "EUR"))
    table = yuan.table(euros)
    assert (table.columns[-1].name, table.columns[-1].kind) == ("EUR", Kind.AMOUNT)
    assert [(row[0], row[-3], row[-1]) for row in table.rows] == [("–", 90, 45), ("Hope", 70, 35)]
    assert [row[-1] for row in table.totals] == [80]


def test_totals_are_shown_by_their_groups_and_amount() -> None:
    totals = article().totals("CNY", by=["company", "stage"], rates=Even())
    assert repr(totals) == "Totals: 4 groups by company, stage, 160.00 CNY"
    one = dataset(pledge("a")).totals("CNY", by="company")
    assert repr(one) == "Totals: 1 group by company, 100.00 CNY"
    assert str(one) == one.table().text()


def test_total_and_totals_are_shown_with_what_they_are_of() -> None:
    totals = article().totals("CNY", by="company", rates=Even())
    for shown in (totals, totals.grand):
        assert f"<caption>{shown!r}</caption>" in shown._repr_html_()
        assert shown._repr_markdown_().startswith(repr(shown))
        assert str(shown) == shown.table().text(80)
    assert totals._repr_html_().count("<i ") == 2
    assert "background-size: 62.5% 100%" in totals._repr_html_()


def test_dash_among_names_is_explained_and_only_there() -> None:
    some = dataset(pledge("a"), pledge("b", funder="the public"))
    totals = some.totals("CNY", by=("company", "funder"))
    meaning = "– means that none is given"
    years = some.extend(pledge("c", announced="2021/2022"))
    span = "– among years and months means that it may be in several years"
    for by in ("year", "month"):
        assert years.totals("CNY", by=by).table().note == span
        assert some.totals("CNY", by=by).table().note == ""
    assert years.totals("CNY", by=("funder", "year")).pivot().note == f"{meaning}; {span}"
    assert years.totals("CNY", by="spend").table().note == meaning
    for table in (totals.table(), totals.pivot(), some.progress(by="funder").table()):
        assert table.note == meaning
        assert "–" in table.text()
    assert meaning not in str(some.totals("CNY", by="company"))


def test_hundred_groups_are_shown_in_a_notebook_and_all_in_print() -> None:
    totals = dataset(*(pledge(f"p{at}") for at in range(102))).totals("CNY", by="id")
    for shown in (totals._repr_html_(), totals._repr_markdown_()):
        assert "and 2 more" in shown
        assert shown.count("1.0 %") == 100
    assert str(totals).count("1.0 %") == 102


def test_table_of_groups_has_no_bounds_where_all_is_firm_or_other_currencies_stand_beside() -> None:
    firm, open_ended = (dataset(pledge("a", qualifier=said)).totals("CNY", by="company")
                        for said in ("exact", "at_least"))  # fmt: skip
    assert not {"at least", "at most"} & {column.name for column in firm.table().columns}
    assert len(open_ended.table(open_ended).columns) == len(firm.table(firm).columns)
    assert open_ended.table().rows == (("Acme", 100, 100, Decimal("Infinity"), 1),)
    assert "∞" in str(open_ended)


def test_totals_stand_without_names() -> None:
    totals = Totals.of(dataset(pledge("a")).total("CNY"), "company", {})
    assert totals.table().rows[0][0] == "acme"
    assert Totals(totals.grand, totals.by, totals.groups).table().rows == totals.table().rows


def test_pledges_without_an_equivalent_are_the_group_none() -> None:
    ds = dataset(pledge("a"), pledge("b", equivalents=["5 EUR"]))
    totals = ds.totals("CNY", by="equivalents")
    assert {*totals} == {None, (Money(5, "EUR"),)}
    both = ds.totals("CNY", by=("company", "equivalents"))
    assert {*both} == {("acme", None), ("acme", (Money(5, "EUR"),))}


def test_group_is_found_by_its_name_in_any_normal_form() -> None:
    ds = dataset(pledge("a", funder="caf\u00e9"))
    totals, progress = ds.totals("CNY", by="funder"), ds.progress(by="funder")
    for group in ("caf\u00e9", "cafe\u0301"):
        assert group in totals
        assert totals[group] == totals.get(group)
        assert group in progress
        assert progress[group].pledged == Money(100, "CNY")
    both = ds.totals("CNY", by=("company", "funder"))
    assert both["acme", "cafe\u0301"].amount == Money(100, "CNY")
    assert "other" not in totals
    assert totals.get("other") is None


@pytest.mark.parametrize("by", [[], (), [""], ["company", "compny"]])
def test_groups_by_no_field_are_refused(by: list[str]) -> None:
    with pytest.raises(FieldError, match="is no field of a pledge"):
        cp.load().totals("CNY", by=by)


def test_groups_that_are_tuples_are_shown_as_one_name() -> None:
    totals = cp.load().totals("CNY", by=lambda p: (p.company, p.stage))
    assert totals.table().columns[0].name == "group"
    assert totals.table().rows[0][0].startswith("('alibaba', <Stage.PLEDGE")


def test_only_companies_and_initiatives_are_called_by_their_names() -> None:
    funded = cp.Dataset(
        companies=[cp.Company(id="acme", name="Acme")],
        pledges=[
            cp.Pledge(id="p", company="acme", amount="1 CNY", announced="2021", funder="acme")
        ],
    )
    assert funded.totals("CNY", by="company").table().rows[0][0] == "Acme"
    assert funded.totals("CNY", by="funder").table().rows[0][0] == "acme"


def test_fields_to_group_by_may_come_one_by_one() -> None:
    by: Any = (name for name in ("company", "stage"))
    assert cp.load().totals("CNY", by=by).by == ("company", "stage")


def test_nothing_has_no_shares() -> None:
    table = Dataset().totals("CNY", by="company").table()
    assert table.totals[0][-1] is None


NAMED = Dataset(
    companies=[
        Company(id="tencent", name="Tencent", name_zh="腾讯", aliases="Tencent Holdings"),
        Company(id="acme", name="Twin"),
        Company(id="twin", name="Twin"),
    ],
    initiatives=[Initiative(id="fund", name="Fund")],
    pledges=[
        pledge("a", "4 CNY", company="tencent", initiative="fund", announced="2021-05"),
        pledge("b", "3 CNY", company="acme"),
        pledge("c", "2 CNY", company="twin", announced="2022"),
    ],
)


@pytest.mark.filterwarnings("ignore::commonprosperity.DoubleCountWarning")
def test_groups_are_found_by_what_they_are_called() -> None:
    totals = NAMED.totals("CNY", by="company")
    for name in ("tencent", "Tencent", "腾讯", "Tencent Holdings", "tencent HOLDINGS", "TENCENT"):
        assert totals[name].amount == Money(4, "CNY")
        assert name in totals
        assert totals.get(name) == totals["tencent"]
    assert NAMED.progress("company")["腾讯"].pledged == Money(4, "CNY")
    both = NAMED.totals("CNY", by=("company", "year"))
    assert both["Tencent", "2021"] == both["tencent", "2021"] == both["腾讯", "2021"]
    assert NAMED.totals("CNY", by="initiative")["Fund"].amount == Money(4, "CNY")
    assert NAMED.totals("CNY", by=lambda p: len(p.id))["1"].amount == Money(9, "CNY")
    public = dataset(pledge("a", funder="the public", funder_zh="公众"), pledge("b", funder="x"))
    by_funder = public.totals("CNY", by="funder")
    assert by_funder["公众"] == by_funder["the public"]
    assert "The Public" not in by_funder
    assert "公众" not in public.totals("CNY", by=lambda pledge: pledge.funder)


@pytest.mark.filterwarnings("ignore::commonprosperity.DoubleCountWarning")
def test_group_that_is_none_or_several_is_refused() -> None:
    totals = NAMED.totals("CNY", by="company")
    with pytest.raises(SharedNameError, match=r"give the id of one: acme, twin$"):
        totals["Twin"]
    with pytest.raises(SharedNameError, match=r"^2 records are called 'Twin'"):
        assert "Twin" in totals
    with pytest.raises(SharedNameError, match=r"^2 records are called 'Twin'"):
        totals.get("Twin")
    assert totals["acme"].amount == Money(3, "CNY")
    others: list[Any] = ["Tencnt", ("tencent",), None, 5, "–"]
    for group in others:
        assert group not in totals
        assert totals.get(group, totals.grand) is totals.grand
        with pytest.raises(KeyError):
            totals[group]
    with pytest.raises(
        GroupNotFoundError, match=r"^no group 'Tencnt'; did you mean tencent\?; there are"
    ):
        totals["Tencnt"]
    both = NAMED.totals("CNY", by=("company", "year"))
    others = ["Tencent", ("Tencent", "2022"), ("Tencent", "2021", "x"), ("Tencent",)]
    for group in others:
        assert group not in both
    empty = NAMED.totals("CNY", by="initiative")
    assert empty[None].amount == Money(5, "CNY")
    assert "–" not in empty
