"""Names that a dataset has already: a table that says them means its records."""

import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import commonprosperity as cp

TENCENT = cp.Company(id="tencent", name="Tencent", name_zh="腾讯", aliases=["Tengxun", "腾讯控股"])
ACME = cp.Company(id="acme", name="Acme Holdings")
PAPER = cp.Source(id="paper", title="The Paper", url="https://paper.example/1")
REPORT = cp.Source(id="report-21", title="Report 2021")
FUND = cp.Initiative(id="sv", company="tencent", name="Social Value", source="report-21")
CLINIC = cp.Initiative(id="clinic", name="Clinics", name_zh="诊所", part_of="sv")
DATASET = cp.Dataset().extend(TENCENT, ACME, PAPER, REPORT, FUND, CLINIC)


def read(table: str, known: cp.Dataset | None = DATASET, **options: Any) -> cp.Dataset:
    return cp.read(io.StringIO(table), format="csv", known=known, **options)


def of(column: str, cell: str) -> str | None:
    """Return the id that a cell of a column is read as."""
    company = "" if column == "company" else ",company"
    name = f"{column}{company},amount,announced\n{cell}{company and ',New'},5 CNY,2021\n"
    id_: str | None = getattr(read(name).pledges[0], column)
    return id_


@pytest.mark.parametrize(
    ("column", "cell", "id_"),
    [
        ("company", "tencent", "tencent"), ("company", "Tencent", "tencent"),
        ("company", "TENCENT", "tencent"), ("company", " Ten cent ", "tencent"),
        ("company", "腾讯", "tencent"), ("company", "tengxun", "tencent"),
        ("company", "腾讯控股", "tencent"), ("company", "Tencent!", "tencent"),
        ("company", "acme", "acme"), ("company", "Acme", "acme"),
        ("company", "Acme Holdings", "acme"), ("company", "Acme Holding", "acme-holding"),
        ("initiative", "Social value", "sv"), ("initiative", "sv", "sv"),
        ("initiative", "诊所", "clinic"), ("initiative", "Clinic", "clinic"),
        ("source", "The Paper", "paper"), ("source", "paper", "paper"),
        ("source", "https://paper.example/1", "paper"), ("source", "report 2021", "report-21"),
        ("source", "https://paper.example/2", "https-paper-example-2"),
    ],
)  # fmt: skip
def test_a_record_is_known_by_its_id_and_any_of_its_names(column: str, cell: str, id_: str) -> None:
    assert of(column, cell) == id_


def test_the_union_has_no_record_twice_and_every_pledge() -> None:
    table = (
        "company,initiative,amount,announced,source,url\n"
        "腾讯,诊所,5 CNY,2021,The Paper,https://paper.example/1\n"
        "New,Another,7 CNY,2021,The Paper,https://paper.example/2\n"
    )
    more = read(table)
    both = DATASET | more
    assert both.companies == (TENCENT, ACME, cp.Company(id="new", name="New"))
    assert [i.id for i in both.initiatives] == ["sv", "clinic", "another"]
    assert [(s.id, s.url) for s in both.sources] == [
        ("paper", "https://paper.example/1"), ("report-21", None),
        ("the-paper", "https://paper.example/2"),
    ]  # fmt: skip
    assert both.total("CNY").exact == 12
    # Alone it has what it names, and what these link to, and no more.
    assert [c.id for c in more.companies] == ["tencent", "new"]
    assert {i.id for i in more.initiatives} == {"clinic", "sv", "another"}
    assert {s.id for s in more.sources} == {"paper", "report-21", "the-paper"}


def test_without_it_a_second_record_would_be_made() -> None:
    table = "company,amount,announced\n腾讯,5 CNY,2021\n"
    assert [c.id for c in (DATASET | read(table, None)).companies] == ["tencent", "acme", "腾讯"]
    assert read(table, cp.Dataset()) == read(table, None)


def test_pledges_without_an_id_get_one_that_is_free() -> None:
    first = DATASET | read("company,amount,announced\nAcme,5 CNY,2021\nAcme,6 CNY,2021\n")
    second = read("company,amount,announced\nAcme,7 CNY,2022\n", first)
    assert [pledge.id for pledge in second] == ["acme-3"]
    assert (first | second).total("CNY").exact == 18


@pytest.mark.parametrize(
    ("column", "cell", "id_"),
    [
        ("company", "SV", "sv-company"), ("company", "Paper", "paper-company"),
        ("initiative", "Tencent", "tencent-initiative"), ("source", "Clinic", "clinic_2"),
    ],
)  # fmt: skip
def test_a_name_of_a_record_of_another_kind_gets_an_id_of_its_own(
    column: str, cell: str, id_: str
) -> None:
    assert of(column, cell) == id_


def test_an_initiative_of_a_new_company_that_is_called_as_another_record() -> None:
    more = read("company,initiative,amount,announced\nSV,New,5 CNY,2021\n")
    assert more.initiatives[0].company == "sv-company"
    assert len((DATASET | more).companies) == 3


def test_a_new_address_gets_a_number_that_no_record_has() -> None:
    papers = DATASET.extend(
        cp.Source(id="the-paper", title="The Paper", url="https://paper.example/0"),
        cp.Source(id="the-paper_2", title="Another", url="https://paper.example/9"),
    )
    table = (
        "company,amount,announced,source,url\n"
        "New,5 CNY,2021,The Paper,https://paper.example/2\n"
        "New,5 CNY,2021,The Paper,https://paper.example/3\n"
        "New,5 CNY,2021,The Paper,\n"
        "New,5 CNY,2021,The Paper,https://paper.example/2\n"
        "New,5 CNY,2021,Whatever,https://paper.example/0\n"
    )
    more = read(table, papers)
    assert [p.source for p in more] == [
        "the-paper_3", "the-paper_4", "the-paper_5", "the-paper_3", "the-paper",
    ]  # fmt: skip
    assert len((papers | more).sources) == 7


def test_a_name_of_two_records_is_refused_until_it_is_said_which() -> None:
    two = DATASET.extend(cp.Company(id="acme-2", name="Acme holdings"))
    table = "company,amount,announced\nAcme Holdings,5 CNY,2021\n"
    with pytest.raises(cp.errors.FileError) as error:
        read(table, two)
    assert str(error.value) == (
        "the file:2: acme-holdings-1: company: 'Acme Holdings' is a name of acme, acme-2; "
        "write the id of the one that is meant"
    )
    assert read(table.replace("Acme Holdings", "acme-2"), two).pledges[0].company == "acme-2"


def test_an_id_counts_more_than_a_name() -> None:
    named = DATASET.extend(cp.Company(id="other", name="acme"))
    more = read("company,amount,announced\nacme,5 CNY,2021\nACME,5 CNY,2021\n", named)
    assert [pledge.company for pledge in more] == ["acme", "other"]


def test_what_is_known_to_a_narrowed_selection_is_all_that_it_has() -> None:
    pledge = cp.Pledge(id="p", company="acme", amount="1 CNY", announced="2021")
    narrowed = DATASET.extend(pledge).where(company="acme")
    assert of("company", "腾讯") == "tencent"
    assert len(read("company,amount,announced\n腾讯,5 CNY,2021\n", narrowed).pledges) == 1


def test_dataframes_and_layouts_know_names_too() -> None:
    pl = pytest.importorskip("polars", reason="needs the extra `engines`")
    frame = pl.DataFrame({"Funder": ["Ten-Xun"], "CNY": [5], "When": ["2021"]})
    layout = {
        "columns": {"company": "Funder", "amount": "CNY", "announced": "When"},
        "names": {"Ten-Xun": "腾讯"},
    }
    assert cp.frames.read(frame, layout=layout, known=DATASET).companies == (TENCENT,)
    assert cp.frames.read(
        frame.rename({"Funder": "company", "CNY": "amount", "When": "announced"}),
        known=DATASET, default="CNY",
    ).companies[0].id == "ten-xun"  # fmt: skip


def test_a_form_with_ids_of_its_own_needs_no_names() -> None:
    with pytest.raises(cp.errors.FileError, match="known= is for a table, such as a"):
        cp.read(io.StringIO(""), format="toml", known=DATASET)


NAMES = st.text(st.characters(codec="utf-8", categories=["Lu", "Ll", "Lo"]), min_size=1, max_size=4)


@given(st.lists(NAMES, min_size=1, max_size=6), st.lists(NAMES, max_size=6))
def test_the_union_is_never_refused_and_adds_up(known: list[str], new: list[str]) -> None:
    dataset = table_of(known, None)
    both = dataset | table_of(new, dataset)
    assert both.total("CNY").exact == len(known) + len(new)
    assert len(both.companies) >= len(dataset.companies)
    assert {c.id for c in both.companies} == {c.id for c in table_of(known + new, None).companies}


def table_of(names: list[str], known: cp.Dataset | None) -> cp.Dataset:
    rows = "".join(f'"{name}",1 CNY,2021\n' for name in names)
    return read(f"company,amount,announced\n{rows}", known)
