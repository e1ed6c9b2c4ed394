"""What is selected: by periods and names, extracted and selected again, and records by their kind."""

import io
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import commonprosperity as cp
from commonprosperity import Company, Dataset, Figure, Initiative, Source
from commonprosperity.errors import (
    CommonProsperityError,
    DatasetError,
    RecordError,
    RecordNotFoundError,
    SharedNameError,
    ValueNotFoundError,
)
from strategies import COMPANIES, dataset, linked_pledges, pledge, tangles, trees

TENCENT = Company(id="tencent", name="Tencent", name_zh="腾讯", aliases=["Tencent Holdings"])
FUND = Initiative(id="fund", company="tencent", name="Common Fund", name_zh="共富基金")
PRESS = Source(id="press", title="A press release")


def several() -> Dataset:
    return Dataset(
        companies=[TENCENT, *COMPANIES],
        initiatives=[FUND],
        sources=[PRESS],
        pledges=[
            pledge("a", company="tencent", initiative="fund", announced="2021-08-18"),
            pledge("b", announced="2021-04", source="press"),
            pledge("c", company="other", announced="2021", spend="2022/2024"),
        ],
    )


def ids(ds: Dataset) -> str:
    return "".join(pledge.id for pledge in ds)


# Periods


@pytest.mark.parametrize(
    ("announced", "selected"),
    [
        ("2021", "abc"), ("2021-08", "a"), ("2021-04", "b"), (date(2021, 8, 18), "a"),
        ("2021-04/2021-08", "ab"), (["2021-04", "2021-08"], "ab"), (["2021-08", None], "a"),
    ],
)  # fmt: skip
def test_period_matches_what_is_inside_of_it(announced: Any, selected: str) -> None:
    assert ids(several().where(announced=announced)) == selected


@pytest.mark.parametrize(
    ("announced", "sentence"),
    [
        ("2020", "announced: there is no '2020'; did you mean 2021?; there are 2021, 2021-04, 2021-08-18"),
        ("2021-08-17", "announced: there is no '2021-08-17'; did you mean 2021-08-18?"),
        ("2021-04-01/2021-04-29", "announced: there is no '2021-04/2021-04-29'"),
        (["2021-04", "2021-05"], 'a range is one text: "2021-04/2021-05"'),
        ((date(2021, 8, 1), date(2021, 9, 30)), 'a range is one text: "2021-08/2021-09"'),
        (("2021-08-01", "2021-09-29"), 'a range is one text: "2021-08/2021-09-29"'),
    ],
)  # fmt: skip
def test_period_that_nothing_in_the_whole_book_is_in_is_refused(
    announced: Any, sentence: str
) -> None:
    for ds in (several(), several().where(id="b")):
        with pytest.raises(ValueNotFoundError) as caught:
            ds.where(announced=announced)
        assert sentence in str(caught.value)


def test_only_two_periods_in_their_order_are_taken_for_the_ends_of_a_range() -> None:
    for announced in (
        "2021-05", ["2021-05"], ["2021-09", "2021-05"], ["2021-05", "x"], ["2020", "x"],
        ["2021-08-18", "2021-09"], ["2021-08-17", "2021-08-17"], ["2021-05", "2021-09", "2021-09"],
    ):  # fmt: skip
        with pytest.raises(CommonProsperityError) as caught:
            several().where(announced=announced)
        assert ("range" in str(caught.value)) is (announced == ["2021-08-18", "2021-09"])


def test_a_range_is_advised_only_where_it_selects_something() -> None:
    for ends, selected in ((("2021-08-17", "2021-08-19"), "a"), (("2020", "2021"), "abc")):
        with pytest.raises(ValueNotFoundError, match="a range is one text: ") as caught:
            several().where(announced=ends)
        assert ids(several().where(announced=str(caught.value).split('"')[-2])) == selected
    for ends in (("2021-08-16", "2021-08-17"), ("2020-01", "2020-12"), ("2020", "2020")):
        with pytest.raises(ValueNotFoundError) as caught:
            several().where(announced=ends)
        assert "range" not in str(caught.value)


@pytest.mark.parametrize("field", ["company", "source", "id", "part_of", "funder", "note"])
@pytest.mark.parametrize("value", [3, True, 2.5, b"acme", [["acme"]], TENCENT])
def test_what_is_no_text_is_no_id_and_no_name(field: str, value: Any) -> None:
    with pytest.raises(
        RecordError, match=r"^\w+: .* is no text; write one, such as an id or a name"
    ):
        several().where(**{field: value})


def test_other_dates_are_refused_where_nothing_has_them() -> None:
    with pytest.raises(ValueNotFoundError, match="spend: there is no '2021'; there is 2022/2024"):
        several().where(spend="2021")
    with pytest.raises(ValueNotFoundError, match="spend: there is no '2021'; there is none at all"):
        dataset(pledge("a")).where(spend="2021")
    assert ids(several().where(spend="2020/2024")) == "c"


def test_what_the_book_has_and_the_selection_lacks_selects_nothing() -> None:
    assert ids(several().where(id="a").where(announced="2021-04")) == ""
    assert ids(several().as_of("2021-05").where(announced="2021-08")) == ""


# Names


@pytest.mark.parametrize(
    ("field", "name", "selected"),
    [
        ("company", "tencent", "a"), ("company", "Tencent", "a"), ("company", "腾讯", "a"),
        ("company", "Tencent Holdings", "a"), ("company", "tencent  HOLDINGS", "a"),
        ("company", ["腾讯", "Acme"], "ab"), ("initiative", "共富基金", "a"),
        ("initiative", "common fund", "a"), ("source", "A press release", "b"),
    ],
)  # fmt: skip
def test_records_are_found_by_their_names(field: str, name: Any, selected: str) -> None:
    wanted: dict[str, Any] = {field: name}
    assert ids(several().where(**wanted)) == selected


def test_an_id_is_itself_before_it_is_a_name() -> None:
    ds = several().extend(Company(id="third", name="other"), pledge("d", company="third"))
    assert ids(ds.where(company="other")) == "c"
    assert ids(ds.where(company="third")) == "d"


def test_a_name_of_several_is_refused_with_their_ids() -> None:
    ds = several().extend(Company(id="tencent-2", name="腾讯"), pledge("d", company="tencent-2"))
    with pytest.raises(SharedNameError) as caught:
        ds.where(company="腾讯")
    assert str(caught.value) == (
        "2 records are called '腾讯'; give the id of one: tencent, tencent-2"
    )
    assert ids(ds.where(company="Tencent")) == "a"


def test_a_name_of_another_kind_or_of_none_is_refused() -> None:
    for field, name in (("company", "Common Fund"), ("initiative", "Tencent"), ("id", "Tencent")):
        wanted: dict[str, Any] = {field: name}
        with pytest.raises(ValueNotFoundError, match=f"{field}: there is no '{name}'"):
            several().where(**wanted)


@pytest.mark.parametrize("value", ["tencent", 5, None, ["a"]])
def test_value_without_its_field_is_no_condition(value: Any) -> None:
    with pytest.raises(RecordError, match=r"is no condition; name the field .*: where\(company="):
        several().where(value)


# Records by their kind


def test_records_are_returned_by_their_kind() -> None:
    ds = several().extend(Figure(id="staff", about="acme", value=5)).where(id="a")
    assert ds.company("tencent") is ds["tencent"]
    assert ds.initiative("fund") == FUND
    assert ds.source("press") == PRESS
    assert ds.pledge("b").announced == cp.Period.parse("2021-04")
    assert ds.figure("staff").value == 5


@pytest.mark.parametrize(
    ("kind", "id_", "sentence"),
    [
        ("pledge", "tencent", "'tencent' is a company, and no pledge"),
        ("company", "fund", "'fund' is an initiative, and no company"),
        ("company", "tencnt", "no company 'tencnt'; did you mean tencent?"),
        ("initiative", "tencnt", "no initiative 'tencnt'"),
        ("source", "a", "'a' is a pledge, and no source"),
        ("figure", "x", "no figure 'x'"),
    ],
)
def test_record_of_another_kind_is_refused(kind: str, id_: str, sentence: str) -> None:
    with pytest.raises(RecordNotFoundError) as caught:
        getattr(several(), kind)(id_)
    assert str(caught.value) == sentence


# Extracts


def test_extract_has_what_the_selection_links_to_and_nothing_else() -> None:
    sales = Figure(id="sales", about="acme", value=5, source="paper")
    ds = several().extend(
        Source(id="paper", title="A paper"),
        Source(id="unused", title="Another"),
        sales,
        Figure(id="staff", about="other", value=5),
        Initiative(id="all", name="All"),
        Initiative(id="aid", name="Aid", part_of="all", company="other"),
        pledge("whole", "200 CNY", initiative="aid"),
        pledge("part", part_of="whole"),
        pledge("new", supersedes="part"),
        pledge("told", restates="new"),
        pledge("beside", part_of="whole"),
    )
    extract = ds.where(id="part").extract()
    assert [record.id for record in extract.records] == [
        "paper", "acme", "other", "all", "aid", "whole", "part", "new", "told", "sales", "staff",
    ]  # fmt: skip
    assert not extract.is_narrowed
    assert [record.id for record in ds.where(id=[]).extract().records] == []


def test_extract_of_a_day_lacks_what_was_not_known_on_it() -> None:
    ds = dataset(
        pledge("a"),
        pledge("b", supersedes="a", announced="2022"),
        pledge("c", restates="a", announced="2021-06"),
    )
    assert ids(ds.as_of("2021-12-30").extract()) == "ac"
    assert ids(ds.as_of("2022-12-31").where(id="a").extract()) == "abc"
    assert ids(ds.as_of("2021-02").extract()) == "a"
    assert ids(ds.as_of("2021-02").select_all()) == "abc"


def test_extract_has_what_a_known_record_ties_to_it_by_one_that_is_not_known() -> None:
    ds = dataset(
        pledge("a"),
        pledge("b", restates="a", announced="2022"),  # named by c, it lends its link
        pledge("c", supersedes="b"),
    )
    seen = ds.as_of("2021-12-31").where(id="a")
    assert ids(seen.extract()) == "abc"
    assert seen.total("CNY").exact == 0


def test_a_pledge_that_thousands_tell_is_extracted_at_once() -> None:
    tellings = [pledge(f"p{number}", restates="a") for number in range(20_000)]
    assert len(dataset(pledge("a"), *tellings).where(id="p7").extract()) == 20_001


days = st.sampled_from([None, "2021-01-04", "2021-01-31", "2021", "2026"])


@given(st.data())
def test_what_is_extracted_counts_as_it_did(data: st.DataObject) -> None:
    pledges = data.draw(st.one_of(linked_pledges("CNY"), trees(), tangles()))
    try:
        ds = dataset(*pledges, initiatives=[Initiative(id="hope", company="acme", name="Hope")])
    except DatasetError:
        return
    wanted = [p.id for p in pledges if data.draw(st.booleans())]
    day = data.draw(days)

    def seen(of: Dataset) -> Dataset:
        known = of if day is None else of.as_of(day)
        return known.where(lambda pledge: pledge.id in wanted)

    selection = seen(ds)
    extract = selection.extract()
    again = seen(extract)
    assert {p.id for p in selection} == {p.id for p in again}
    assert _counted(selection) == _counted(again)
    assert cp.read(io.StringIO(_toml(extract)), format="toml") == extract


def _counted(ds: Dataset) -> dict[str, Any] | str:
    try:
        return {p.id: (ds.counting.line(p).amount, str(ds.counting.line(p).reason)) for p in ds}
    except DatasetError as error:
        return str(error)


def _toml(ds: Dataset) -> str:
    file = io.StringIO()
    cp.write(ds, file, format="toml")
    return file.getvalue()


def test_narrowing_is_known_and_taken_back() -> None:
    ds = several()
    assert not ds.is_narrowed
    narrowed = ds.as_of("2021-05").where(company="acme")
    assert narrowed.is_narrowed
    assert narrowed.select_all() == ds
    assert not ds.where(id=["a", "b", "c"]).is_narrowed


# Removing


def test_record_that_others_link_to_is_not_removed_and_they_are_named() -> None:
    with pytest.raises(DatasetError) as caught:
        several().remove("tencent")
    assert str(caught.value) == (
        "tencent: cannot be removed, as fund, a link to it; "
        "remove what links to it, too, or replace it first"
    )
    assert ids(several().remove("tencent", "fund", "a")) == "bc"


@pytest.mark.parametrize("name", ["year", "month"])
def test_a_year_is_selected_by_the_date_of_announcement(name: str) -> None:
    way_out = "; a year or a month is a value of announced, as 2021 and 2021-08 are; there are id,"
    condition: dict[str, Any] = {name: "2021"}
    with pytest.raises(cp.errors.FieldError, match=f"'{name}' is no field of a pledge{way_out}"):
        cp.load().where(**condition)
    assert len(cp.load().where(announced="2021")) == len(cp.load())
