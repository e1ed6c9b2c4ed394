import pickle
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonprosperity import (
    Company,
    Dataset,
    Figure,
    Initiative,
    Money,
    Period,
    Pledge,
    Source,
    Stage,
    load,
)
from commonprosperity.errors import (
    DatasetError,
    Fault,
    FieldError,
    PeriodError,
    RecordError,
    RecordNotFoundError,
    ValueNotFoundError,
)
from commonprosperity.sentence import Sentence
from commonprosperity.table import Link
from strategies import COMPANIES, dataset, dataset_of, linked_pledges, pledge

PRESS = Source(id="press", title="A press release")
HOPE = Initiative(id="hope", company="acme", name="Hope")
DONORS = Figure(id="donors", about="hope", value=7)


def ids(ds: Dataset) -> list[str]:
    return [p.id for p in ds]


def faults_of(*args: Any, **records: Any) -> set[tuple[str, str, str]]:
    with pytest.raises(DatasetError) as caught:
        Dataset(*args, **records)
    return {(fault.record, fault.field, fault.problem) for fault in caught.value.faults}


def several() -> Dataset:
    return dataset(
        pledge("a", source="press"),
        pledge(
            "b", "20 USD", company="other", stage="commitment", equivalents=["5 EUR", "130 CNY"]
        ),
        pledge("c", initiative="hope", announced="2021-03", funder="the public", spend="2022"),
        pledge("d", part_of="a", qualifier="about", announced="2021", note="Hearsay."),
        sources=[PRESS],
        initiatives=[HOPE],
        figures=[DONORS],
    )


# Its records


def test_dataset_holds_its_records_by_kind() -> None:
    ds = several()
    assert (ds.sources, ds.companies) == ((PRESS,), COMPANIES)
    assert (ds.initiatives, ds.figures) == ((HOPE,), (DONORS,))
    assert [p.id for p in ds.pledges] == ["a", "b", "c", "d"] == ids(ds)
    assert len(ds) == 4


def test_dataset_of_nothing_is_empty() -> None:
    ds = Dataset()
    assert not len(ds)
    assert (ds.sources, ds.companies, ds.initiatives, ds.pledges, ds.figures) == ((),) * 5
    assert ds == Dataset()
    assert hash(ds) == hash(Dataset())


@pytest.mark.parametrize("id_", ["press", "acme", "hope", "a", "donors"])
def test_record_of_any_kind_is_found_by_its_id(id_: str) -> None:
    ds = several().where(id="b")
    assert ds[id_].id == id_
    assert id_ in ds


def test_id_that_is_not_there_is_a_key_error_with_the_nearest_one() -> None:
    assert "amce" not in several()
    assert None not in several()
    with pytest.raises(KeyError) as caught:
        several()["amce"]
    assert isinstance(caught.value, RecordNotFoundError)
    assert str(caught.value) == "no record 'amce'; did you mean acme?"
    assert caught.value.known == ("press", "acme", "other", "hope", "a", "b", "c", "d", "donors")


def test_a_name_in_the_place_of_an_id_says_the_ids_of_what_is_called_so() -> None:
    twins = [Company(id="z", name="Twin"), Company(id="y", name="twin", name_zh="双生")]
    ds = several().extend(*twins, Initiative(id="i", name="Twin"))
    for find in (ds.__getitem__, ds.company):
        with pytest.raises(RecordNotFoundError, match=r" '双生'; did you mean y\?$"):
            find("双生")
    with pytest.raises(RecordNotFoundError, match=r"^no company 'TWIN'; did you mean y or z\?$"):
        ds.company("TWIN")
    with pytest.raises(
        RecordNotFoundError, match=r"^no record 'Twin'; did you mean i or y or z\?$"
    ):
        ds["Twin"]
    with pytest.raises(RecordNotFoundError, match=r"^no source 'Twin'$"):
        ds.source("Twin")
    with pytest.raises(RecordNotFoundError, match=r"^no company 7$"):
        ds.company(7)  # type: ignore[arg-type]
    many = Dataset(companies=[Company(id=f"c{number}", name="Many") for number in range(6)])
    with pytest.raises(RecordNotFoundError, match=r"did you mean c0 or c1 or c2 or c3 or c4\?$"):
        many["Many"]


def test_datasets_of_equal_records_are_equal_and_hash_alike() -> None:
    assert several() == several()
    assert hash(several()) == hash(several())
    assert several() != several().where(id="a")
    assert several() != several().as_of("2025")
    assert several() != several().remove("donors")


def test_what_is_no_record_is_refused() -> None:
    with pytest.raises(TypeError, match=r"put a \* before several: extend\(\*records\)"):
        Dataset().extend([Company(id="acme", name="Acme")])  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="'acme' is no record"):
        Dataset(pledges=["acme"])  # type: ignore[list-item]


def test_record_is_found_by_what_it_is_not_by_where_it_is_given() -> None:
    assert Dataset(sources=[COMPANIES[0]]).companies == COMPANIES[:1]  # type: ignore[list-item]


def test_dataset_is_shown_by_its_selection() -> None:
    assert repr(several()) == "Dataset: 4 of 4 pledges selected"
    shown = repr(several().where(id="a").as_of("2021-02"))
    assert shown == "Dataset: 1 of 4 pledges selected, as known on 2021-02-28"


def test_dataset_shows_its_selection_as_a_table() -> None:
    ds = several().replace(Source(id="press", title="A release", url="https://a.org")).extend(
        Source(id="book", title="A book", publisher="The Press"), pledge("e", source="book"),
    )  # fmt: skip
    table = ds.where(id=["a", "d", "e"]).table()
    assert [column.name for column in table.columns] == [
        "id", "company", "amount", "announced", "stage", "source",
    ]  # fmt: skip
    assert [[str(cell) for cell in row] for row in table.rows] == [
        ["a", "Acme", "100 CNY", "2021-01-04", "pledge", "A release"],
        ["d", "Acme", "about 100 CNY", "2021", "pledge", "None"],
        ["e", "Acme", "100 CNY", "2021-01-04", "pledge", "The Press"],
    ]
    assert table.rows[0][-1] == Link("A release", "https://a.org")
    assert table.rows[2][-1] == "The Press"
    assert (table.title, table.note) == ("Dataset: 3 of 5 pledges selected", "")


@pytest.mark.parametrize(("pledges", "rows", "note"), [(20, 20, ""), (21, 20, "and 1 more")])
def test_dataset_shows_twenty_pledges_and_says_how_many_more(
    pledges: int, rows: int, note: str
) -> None:
    ds = dataset(*(pledge(f"p{number}") for number in range(pledges)))
    for shown in (ds._repr_html_(), ds._repr_markdown_(), str(ds)):
        assert shown.count("2021-01-04") == rows
        assert ("more" in shown) is bool(note)
        assert note in shown
    assert len(ds.table().rows) == pledges


def test_dataset_of_nothing_is_shown_too() -> None:
    assert "<caption>Dataset: 0 of 0 pledges selected</caption>" in Dataset()._repr_html_()


def test_dataset_in_print_is_eighty_columns_wide() -> None:
    from commonprosperity import load

    lines = str(load()).splitlines()
    assert lines[0] == "Dataset: 8 of 8 pledges selected"
    assert 70 <= max(map(len, lines)) <= 80


# Refusal


def test_all_faults_are_told_at_once() -> None:
    faults = faults_of(
        sources=[PRESS],
        companies=[*COMPANIES, Company(id="press", name="The Press")],
        initiatives=[
            Initiative(id="hope", company="amce", name="Hope", part_of="hop", source="pres"),
            Initiative(id="self", company="acme", name="Self", part_of="self"),
        ],
        pledges=[
            pledge("a", company="press", initiative="acme", source="hope"),
            pledge("b", part_of="nothing", supersedes="acme", restates="hope"),
            pledge("c", supersedes="a"),
            pledge("d", supersedes="a"),
            pledge("e", restates="e"),
        ],
        figures=[
            Figure(id="donors", about="press", value=1, source="acme"),
            Figure(id="staff", about="a", value=1),
            Figure(id="staff", about="hope", value=1),
        ],
    )
    assert faults == {
        ("press", "id", "two records, a source and a company, have it"),
        ("staff", "id", "two records, a figure and a figure, have it"),
        ("hope", "company", "there is no company amce; did you mean acme?"),
        ("hope", "part_of", "there is no initiative hop; did you mean hope?"),
        ("hope", "source", "there is no source pres; did you mean press?"),
        ("self", "part_of", "a circle: self -> self; take one link out"),
        ("a", "initiative", "acme is a company, not an initiative"),
        ("a", "source", "hope is an initiative, not a source"),
        ("b", "part_of", "there is no pledge nothing"),
        ("b", "supersedes", "acme is a company, not a pledge"),
        ("b", "restates", "hope is an initiative, not a pledge"),
        (
            "d",
            "supersedes",
            "c supersedes a already; supersede c, or restate it if both are of the same version",
        ),
        ("e", "restates", "a circle: e -> e; take one link out"),
        ("donors", "source", "acme is a company, not a source"),
        ("staff", "about", "a is a pledge, not a company or an initiative"),
    }


def test_error_is_a_sentence_a_fault() -> None:
    with pytest.raises(DatasetError) as caught:
        Dataset(pledges=[pledge("a"), pledge("b", part_of="c")])
    assert str(caught.value) == (
        "a: company: there is no company acme\n"
        "b: company: there is no company acme\n"
        "b: part_of: there is no pledge c"
    )


def test_records_are_faultless_in_any_order() -> None:
    pledges = [pledge("part", part_of="whole"), pledge("whole")]
    assert ids(dataset(*pledges)) == ["part", "whole"]


def test_equal_records_given_twice_to_a_dataset_are_refused() -> None:
    fault = ("acme", "id", "two records, a company and a company, have it")
    assert faults_of(companies=COMPANIES[:1] * 2) == {fault}


# Selection


@pytest.mark.parametrize(
    ("fields", "selected"),
    [
        ({"company": "acme"}, "acd"),
        ({"company": ["acme", "other"]}, "abcd"),
        ({"company": {"other"}}, "b"),
        ({"company": (id_ for id_ in ["other", "other"])}, "b"),
        ({"company": []}, ""),
        ({"id": "a"}, "a"),
        ({"initiative": None}, "abd"),
        ({"initiative": ["hope", None]}, "abcd"),
        ({"funder": "the public"}, "c"),
        ({"funder": None}, "abd"),
        ({"stage": "commitment"}, "b"),
        ({"stage": Stage.PLEDGE}, "acd"),
        ({"stage": ["commitment", "disbursement"]}, "b"),
        ({"qualifier": "about"}, "d"),
        ({"instrument": None}, "abcd"),
        ({"instrument": "loan"}, ""),
        ({"amount": "100 CNY"}, "acd"),
        ({"amount": Money("1E+2", "CNY")}, "acd"),
        ({"amount": ["20 USD", "100 CNY"]}, "abcd"),
        ({"high": None}, "abcd"),
        ({"part_of": "a"}, "d"),
        ({"note": "Hearsay."}, "d"),
        ({"source": "press"}, "a"),
        ({"equivalents": "130 CNY"}, "b"),
        ({"equivalents": Money(5, "EUR")}, "b"),
        ({"equivalents": ["7 CNY", "5 EUR"]}, "b"),
        ({"equivalents": "20 USD"}, ""),
        ({"announced": "2021"}, "abcd"),
        ({"announced": "2021-Q1"}, "abc"),
        ({"announced": "2021-01"}, "ab"),
        ({"announced": ["2021-01", "2021-03"]}, "abc"),
        ({"announced": Period.parse("2021-01-04/2021-03-30")}, "ab"),
        ({"announced": date(2021, 1, 4)}, "ab"),
        ({"value_date": "2021-01-04"}, "ab"),
        ({"value_date": "2021-01"}, "ab"),
        ({"spend": None}, "abd"),
        ({"spend": "2022"}, "c"),
        ({"spend": "2021/2023"}, "c"),
        ({"spend": ["2022", None]}, "abcd"),
        ({"announced": None}, ""),
        ({"amount": lambda money: money.currency == "USD"}, "b"),
        ({"funder": lambda funder: funder}, "c"),
        ({"company": "acme", "funder": None}, "ad"),
    ],
)
def test_condition_is_met_by(fields: dict[str, Any], selected: str) -> None:
    assert "".join(ids(several().where(**fields))) == selected


def test_every_condition_is_to_be_met() -> None:
    ds = several().where(lambda p: p.company == "acme", lambda p: p.id != "a", announced="2021-Q1")
    assert ids(ds) == ["c"]
    assert ids(several().where()) == ["a", "b", "c", "d"]


def test_selection_narrows_and_keeps_every_record() -> None:
    ds = several().where(company="acme").where(id=["a", "b"])
    assert ids(ds) == ["a"]
    assert ds.companies == COMPANIES
    assert ds["b"].id == "b"


def test_condition_on_what_is_no_field_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(FieldError, match="'stag' is no field of a pledge; did you mean stage") as e:
        several().where(stag="pledge")  # type: ignore[call-arg]
    assert isinstance(e.value, LookupError)
    with pytest.raises(FieldError):
        Dataset().where(year="2021")  # type: ignore[call-arg]


def test_condition_takes_only_what_the_field_can_hold() -> None:
    with pytest.raises(RecordError, match=r"did you mean pledge\?$"):
        several().where(stage="pledged")  # type: ignore[arg-type]
    with pytest.raises(PeriodError):
        several().where(announced="yesterday")


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("company", "amce", "company: there is no 'amce'; did you mean acme?; there are acme, other"),
        ("company", ["acme", "Acmes"], "company: there is no 'Acmes'; did you mean acme?"),
        ("company", "hope", "company: there is no 'hope'; there are acme, other"),
        ("initiative", "hop", "initiative: there is no 'hop'; did you mean hope?; there is hope"),
        ("source", ["press", "pres"], "source: there is no 'pres'; did you mean press?; there is press"),
        ("id", "press", "id: there is no 'press'; there are a, b, c, d"),
        ("company", "no id!", "company: there is no 'no id!'; there are acme, other"),
        ("part_of", "e", "part_of: there is no 'e'; there are a, b, c, d"),
        ("restates", "acme", "restates: there is no 'acme'; there are a, b, c, d"),
        ("supersedes", "A", "supersedes: there is no 'A'; did you mean a?; there are a, b, c, d"),
        ("funder", "The Public", "funder: there is no 'The Public'; did you mean the public?"),
        ("locator", "page 1", "locator: there is no 'page 1'; there is none at all"),
        ("note", "Hearsay", "note: there is no 'Hearsay'; did you mean Hearsay.?"),
    ],
)  # fmt: skip
def test_condition_that_nothing_could_meet_is_refused_with_the_nearest_value(
    field: str, value: Any, sentence: str
) -> None:
    with pytest.raises(ValueNotFoundError) as caught:
        several().where(**{field: value})
    assert str(caught.value).startswith(sentence)
    assert isinstance(caught.value, LookupError)
    assert caught.value.field == field


def test_value_that_only_other_records_have_selects_nothing() -> None:
    ds = several().extend(Company(id="third", name="Third")).where(id="b")
    conditions: list[dict[str, Any]] = [
        {"company": "third"}, {"company": "acme"}, {"id": "a"}, {"initiative": "hope"},
        {"funder": "the public"}, {"note": "Hearsay."}, {"part_of": "c"},
    ]  # fmt: skip
    for condition in conditions:
        assert not ds.where(**condition)
    assert not ds.as_of("2020").where(id="b")


def test_no_value_is_always_one_to_select() -> None:
    for field in ("initiative", "source", "part_of", "restates", "supersedes", "funder", "locator"):
        assert not Dataset().where(**{field: None})


def test_long_list_of_values_is_cut_short_and_at_hand_whole() -> None:
    ds = dataset(*(pledge(f"p{number:02}", note="x" * 99) for number in range(25)))
    with pytest.raises(ValueNotFoundError) as caught:
        ds.where(id="zzz")
    assert str(caught.value).endswith(", p18, p19 and 5 more")
    assert caught.value.known == tuple(f"p{number:02}" for number in range(25))
    with pytest.raises(ValueNotFoundError, match=rf"there is {'x' * 57}\.\.\.$"):
        ds.where(note="z")


def test_errors_of_a_selection_can_be_pickled() -> None:
    with pytest.raises(ValueNotFoundError) as caught:
        several().where(company="amce")
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 (our own)
    assert (str(again), again.known) == (str(caught.value), ("acme", "other"))


def test_id_in_another_normal_form_is_the_same_id() -> None:
    ds = dataset(pledge("caf\u00e9"))
    other = "cafe\u0301"
    assert len(ds.where(id=other)) == 1
    assert other in ds
    assert ds[other].id == "caf\u00e9"
    assert len(ds.remove(other)) == 0


# What was known


@pytest.mark.parametrize(
    ("day", "known"),
    [
        ("2021-01-03", ""),
        ("2021-01-04", "ab"),
        (date(2021, 3, 30), "ab"),
        ("2021-03-31", "abc"),
        ("2021-12-30", "abc"),
        ("2021", "abcd"),
        (Period.parse("2021-Q1"), "abc"),
    ],
)
def test_what_was_announced_by_the_end_of_a_day_is_known(
    day: str | date | Period, known: str
) -> None:
    assert "".join(ids(several().as_of(day))) == known


def test_what_was_known_is_not_known_better_later() -> None:
    ds = several().as_of("2021-01")
    assert ds.as_of("2025") == ds
    assert several().as_of("2025").as_of("2021-01") == ds


def test_later_version_is_not_known_yet_in_any_selection() -> None:
    ds = dataset(pledge("old"), pledge("new", "7 CNY", supersedes="old", announced="2021-06-01"))
    assert ds.where(id="old").as_of("2021-05").total("CNY").amount == Money(100, "CNY")
    assert ds.where(id="old").total("CNY").amount == Money(0, "CNY")


# Change


def test_extending_adds_records_and_selects_the_pledges_among_them() -> None:
    ds = several().where(id="a")
    more = ds.extend(Company(id="new", name="New"), pledge("e", company="new"))
    assert ids(more) == ["a", "e"]
    assert more.companies[-1].id == "new"
    assert ids(ds) == ["a"]
    assert "e" not in ds


def test_extending_by_a_record_it_has_selects_it() -> None:
    ds = several()
    assert ids(ds.where(id="a").extend(ds.pledges[2])) == ["a", "c"]
    assert ds.extend(*ds.pledges, PRESS, HOPE) == ds


def test_extending_by_an_unequal_record_of_the_same_id_is_refused() -> None:
    with pytest.raises(DatasetError) as caught:
        several().extend(pledge("a", "7 CNY", note="New."), pledge("press"))
    assert caught.value.faults == (
        Fault(
            "a",
            "id",
            Sentence(
                "two records have it: amount is 100 CNY in one, 7 CNY in the other, "
                "source is 'press' in one, not given in the other, "
                "note is not given in one, 'New.' in the other"
            ),
        ),
        Fault("press", "id", Sentence("it is a source in one place and a pledge in another")),
    )


def test_extending_by_an_initiative_where_another_kind_has_its_id_names_both() -> None:
    with pytest.raises(DatasetError, match="it is a figure in one place and an initiative in anot"):
        several().extend(Initiative(id="donors", company="acme", name="Donors"))


def test_extending_checks_the_links() -> None:
    with pytest.raises(DatasetError, match="e: company: there is no company nobody"):
        several().extend(pledge("e", company="nobody"))


def test_what_is_added_is_selected_only_when_it_is_known() -> None:
    ds = several().as_of("2021-01").extend(pledge("e", announced="2022"), pledge("f"))
    assert ids(ds) == ["a", "b", "f"]
    assert "e" in ds


def test_replacing_puts_new_facts_in_the_place_of_the_old() -> None:
    ds = several().where(id=["a", "b"]).replace(pledge("a", "7 CNY"), pledge("c", "8 CNY"))
    assert ids(ds) == ["a", "b"]
    assert ds.pledges[0].amount == Money(7, "CNY")
    assert ds["c"] == pledge("c", "8 CNY")
    renamed = ds.replace(Company(id="acme", name="Acme Ltd"))
    assert [company.name for company in renamed.companies] == ["Acme Ltd", "Other"]


def test_replaced_pledge_is_deselected_where_it_is_not_known_any_more() -> None:
    ds = several().as_of("2021-01").replace(pledge("b", company="other", announced="2022"))
    assert ids(ds) == ["a"]
    assert repr(ds).endswith("as known on 2021-01-31")


def test_replacing_a_record_that_is_not_there_is_refused() -> None:
    with pytest.raises(RecordNotFoundError, match="no record 'e'"):
        several().replace(pledge("a", "7 CNY"), pledge("e"))


def test_replacing_checks_the_links() -> None:
    with pytest.raises(DatasetError, match="a: part_of: a circle"):
        several().replace(pledge("a", part_of="d"))


def test_removing_takes_records_away() -> None:
    ds = several().where(id=["a", "b"]).remove("b", "donors")
    assert ids(ds) == ["a"]
    assert ds.figures == ()
    assert "b" not in ds
    assert ids(several().remove("d", "a")) == ["b", "c"]
    assert several().remove() == several()


def test_removing_a_record_that_is_not_there_is_refused() -> None:
    with pytest.raises(RecordNotFoundError, match="no record 'e'"):
        several().remove("a", "e")


def test_removing_a_record_that_others_link_to_is_refused() -> None:
    with pytest.raises(DatasetError) as caught:
        several().remove("a", "hope")
    assert str(caught.value) == (
        "hope: cannot be removed, as c, donors link to it; "
        "remove what links to it, too, or replace it first\n"
        "a: cannot be removed, as d links to it; remove what links to it, too, or replace it first"
    )


def test_union_holds_all_records_and_both_selections() -> None:
    one = several().where(id=["a"])
    other = several().extend(pledge("e")).where(id=["b", "e"])
    assert ids(one | other) == ["a", "b", "e"]
    assert len((one | other).where().companies) == 2
    assert (one | other)["c"] == several()["c"]
    assert ids(Dataset() | one) == ["a"]
    assert one | Dataset() == one


def test_union_of_a_dataset_with_itself_is_itself() -> None:
    assert several() | several() == several()


@pytest.mark.parametrize(
    ("one", "other", "kept"),
    [
        (Money("100000000000", "CNY"), Money("1E+11", "CNY"), "1E+11"),
        (Money("100.00", "CNY"), Money("100", "CNY"), "100"),
        (Money("100.00", "CNY"), Money("1.0E+2", "CNY"), "1.0E+2"),
        (Money("0.00", "CNY"), Money("0", "CNY"), "0"),
    ],
)
def test_equal_records_of_different_precision_are_one_with_the_fewest_digits(
    one: Money, other: Money, kept: str
) -> None:
    def spelled(money: Money) -> Dataset:
        amounts = [Money(money.amount, "EUR"), Money(money.amount, "USD")]
        figure = Figure(id="f", about="acme", value=money.amount)
        record = pledge("a", money, high=money, equivalents=amounts, qualifier="about")
        return dataset(record, figures=[figure])

    for union in (
        spelled(one) | spelled(other),
        spelled(other) | spelled(one),
        spelled(one).extend(*spelled(other).records),
    ):
        (record,), (figure,) = union.pledges, union.figures
        assert [str(m.amount) for m in (record.amount, record.high, *record.equivalents) if m] == (
            [kept] * 4
        )
        assert str(figure.value) == kept
        assert union == spelled(one)


def test_fewest_digits_are_kept_of_each_number() -> None:
    one = pledge("a", Money("1E+2", "CNY"), equivalents=[Money("5.00", "EUR")])
    other = pledge("a", Money("100", "CNY"), equivalents=[Money("5", "EUR")])
    for union in (dataset(one) | dataset(other), dataset(other) | dataset(one)):
        assert str(union.pledges[0].amount.amount) == "1E+2"
        assert str(union.pledges[0].equivalents[0].amount) == "5"


def test_union_of_unequal_records_is_refused() -> None:
    other = Dataset(companies=[Company(id="acme", name="ACME"), Company(id="other", name="Oth")])
    with pytest.raises(DatasetError) as caught:
        _ = several() | other
    assert str(caught.value) == (
        "acme: id: two records have it: name is 'Acme' in one, 'ACME' in the other\n"
        "other: id: two records have it: name is 'Other' in one, 'Oth' in the other"
    )


def test_union_checks_the_links() -> None:
    one = dataset(pledge("old"), pledge("new", supersedes="old"))
    other = dataset(pledge("old"), pledge("newer", supersedes="old"))
    with pytest.raises(DatasetError, match="newer: supersedes: new supersedes old already"):
        _ = one | other


@pytest.mark.parametrize(
    ("day", "other_day", "known"),
    [(None, "2021-01", "ab"), ("2021-01", None, "ab"), ("2021-03", "2021-01", "ab"),
     ("2021-01", "2021-03", "ab"), ("2021-03", "2021-03", "abc"), (None, None, "abcd")],
)  # fmt: skip
def test_union_knows_what_was_known_on_the_earlier_day(
    day: str | None, other_day: str | None, known: str
) -> None:
    one = several().as_of(day) if day else several()
    other = several().as_of(other_day) if other_day else several()
    both = one | other
    assert "".join(ids(both)) == known
    days = [d for d in (day, other_day) if d]
    assert both == (several().as_of(min(days)) if days else several())


def test_what_as_of_leaves_out_of_what_is_added_is_counted_below_the_table() -> None:
    old, new = dataset(pledge("a")), dataset(pledge("b", announced="2022"), pledge("c"))
    for ds in (old.as_of("2021") | new, old.as_of("2021").extend(*new)):
        assert ids(ds) == ["a", "c"]
        assert ds.table().note == "left out: 1 announced after 2021-12-31"
        assert "left out: 1 announced after 2021-12-31" in str(ds)
        assert ds.table(1).note == "and 1 more; left out: 1 announced after 2021-12-31"
    assert (old | new).table().note == ""
    assert old.as_of("2021").table().note == ""


def test_union_with_what_is_no_dataset_is_a_type_error() -> None:
    with pytest.raises(TypeError):
        _ = several() | [pledge("e")]  # type: ignore[operator]


@given(linked_pledges(), st.integers(0, 10))
def test_dataset_may_be_built_step_by_step(pledges: list[Pledge], at: int) -> None:
    whole = dataset_of(pledges)
    assert dataset_of(pledges[:at]).extend(*pledges[at:]) == whole
    assert dataset_of(pledges[:at]) | whole == whole
    assert whole.remove(*(p.id for p in reversed(pledges[at:]))) == dataset_of(pledges[:at])
    assert whole.replace(*pledges) == whole


def test_faults_of_unrelated_records_are_told_together() -> None:
    parts = [pledge("w", "9 CNY"), pledge("p", "5 USD", part_of="w"), pledge("x", source="nope")]
    with pytest.raises(DatasetError) as error:
        dataset(*parts)
    assert {fault.record for fault in error.value.faults} == {"p", "x"}


def test_a_fault_is_told_once() -> None:
    with pytest.raises(DatasetError) as error:
        dataset(pledge("w"), pledge("m", part_of="w"), pledge("p", "5 USD", part_of="m"))
    assert len(error.value.faults) == 1


def test_only_records_are_taken() -> None:
    for add in (Dataset().extend, Dataset().replace, lambda value: Dataset(pledges=[value])):
        with pytest.raises(TypeError, match="'x' is no record"):
            add("x")  # type: ignore[arg-type]


def test_pledges_without_an_equivalent_are_selected_by_none() -> None:
    article = load()
    without = [pledge.id for pledge in article if not pledge.equivalents]
    assert [pledge.id for pledge in article.where(equivalents=None)] == without
    assert len(article.where(equivalents=[None, "15.49 billion USD"])) == len(article)


def test_a_name_stays_with_what_is_made_of_its_dataset() -> None:
    named = several().with_name("mine")
    later = Pledge(id="z", company="acme", amount="1 CNY", announced="2022")
    made = [
        named.where(company="acme"),
        named.as_of("2021-06-30"),
        named.as_of("2021-06-30").select_all(),
        named.extract(),
        named.extend(later),
        named.extend(later).remove("z"),
        named.replace(Pledge(id="a", company="acme", amount="2 CNY", announced="2021")),
        named.with_notes([Sentence("one row was left out")]),
        named | Dataset(),
        Dataset() | named,
        named | named,
    ]
    assert {dataset.name for dataset in made} == {"mine"}
    assert (named | load()).name == "mine, article"
    assert named.with_notes([Sentence("so")]).with_name("yours").notes == ("so",)
    assert Dataset().name == ""


def test_a_name_is_no_fact_and_stands_on_one_line() -> None:
    assert several().with_name("mine") == several()
    assert several().with_name("one\ntwo\u202e").name == "one two\ufffd"
    assert pickle.loads(pickle.dumps(load())).name == "article"  # noqa: S301 (our own)
