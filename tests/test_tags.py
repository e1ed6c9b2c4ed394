"""Recipients and tags of pledges, in selections, groups and every form."""

import pickle
from pathlib import Path
from typing import Any

import pytest

import commonprosperity as cp
from commonprosperity.errors import (
    CommonProsperityError,
    FieldError,
    RecordError,
    ValueNotFoundError,
)
from commonprosperity.tags import Tags
from strategies import dataset, pledge

DS = dataset(
    pledge("a", "1 CNY", recipient="School", tags={"country": "Kenya", "sector": "Health"}),
    pledge("b", "2 CNY", recipient="Clinic", tags={"country": "Kenya"}),
    pledge("c", "4 CNY", recipient="School", tags={"country": "Ghana"}),
    pledge("d", "8 CNY"),
)


def ids(ds: cp.Dataset) -> str:
    return "".join(each.id for each in ds)


# What tags are


def test_tags_are_a_mapping_that_is_equal_to_a_dict_and_never_changes() -> None:
    tags = pledge("a", tags={"b": "2", "a": "1"}).tags
    assert tags == {"a": "1", "b": "2"}
    assert [*tags] == ["a", "b"]
    assert not hasattr(tags, "__setitem__")


def test_tags_in_any_order_are_one_value_with_one_hash() -> None:
    one, other = (pledge("a", tags=tags) for tags in ({"a": "1", "b": "2"}, {"b": "2", "a": "1"}))
    assert one == other
    assert hash(one) == hash(other)
    assert len({one, other, pledge("a", tags={"a": "1"})}) == 2


def test_tags_do_not_change_with_the_dict_that_they_were_given_as() -> None:
    facts = {"a": "1"}
    tags = pledge("a", tags=facts).tags
    facts["a"] = "2"
    assert tags == {"a": "1"}


def test_tags_are_pickled_and_read_back_from_a_repr() -> None:
    one = pledge("a", tags={"home country": "Côte d'Ivoire"})
    assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301
    assert repr(one).endswith("""tags={'home country': "Côte d'Ivoire"})""")
    assert eval(repr(one), {"Pledge": cp.Pledge}) == one  # noqa: S307
    assert eval(repr(one.tags), {"Tags": Tags}) == one.tags  # noqa: S307


def test_texts_of_tags_are_composed() -> None:
    assert pledge("a", tags={"cafe\u0301": "e\u0301"}).tags == {"caf\u00e9": "\u00e9"}


# Selections


@pytest.mark.parametrize(
    ("fields", "selected"),
    [
        ({"recipient": "School"}, "ac"),
        ({"recipient": ["Clinic", None]}, "bd"),
        ({"tags": {"country": "Kenya"}}, "ab"),
        ({"tags": {"country": "Kenya", "sector": "Health"}}, "a"),
        ({"tags": {"country": ["Ghana", "Kenya"], "sector": None}}, "bc"),
        ({"tags": {"country": None}}, "d"),
        ({"tags": None}, "d"),
        ({"tags": [{"country": "Ghana"}, {"sector": "Health"}, None]}, "acd"),
        ({"tags": {"country": lambda text: text is None or text < "H"}}, "cd"),
        ({"tags": {}}, "abcd"),
        ({"tags": lambda tags: len(tags) == 2}, "a"),
        ({"tags.country": "Kenya"}, "ab"),
        ({"tags.country": "Kenya", "recipient": "School"}, "a"),
    ],
)
def test_pledges_are_selected_by_recipient_and_by_tags(
    fields: dict[str, Any], selected: str
) -> None:
    assert ids(DS.where(**fields)) == selected


@pytest.mark.parametrize("wanted", ["Kenya", 5, [5], [("country", "Kenya")]])
def test_what_are_no_tags_select_nothing(wanted: Any) -> None:
    with pytest.raises(RecordError, match="is no table of texts; write a key and a text for each"):
        DS.where(tags=wanted)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (
            {"recipient": "Shcool"},
            "recipient: there is no 'Shcool'; did you mean School?; there are Clinic, School",
        ),
        (
            {"tags": {"county": "Kenya"}},
            "tags: there is no 'county'; did you mean country?; there are country, sector",
        ),
        (
            {"tags": {"country": "Kenia"}},
            "tags.country: there is no 'Kenia'; did you mean Kenya?; there are Ghana, Kenya",
        ),
    ],
)
def test_a_mistyped_recipient_or_tag_is_told(fields: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueNotFoundError) as caught:
        DS.where(**fields)
    assert str(caught.value) == sentence


# Groups


def amounts(by: Any) -> dict[Any, int]:
    return {group: int(total.exact) for group, total in DS.totals("CNY", by=by).items()}


def test_totals_are_made_by_recipient_and_by_the_text_of_a_tag() -> None:
    assert amounts("recipient") == {None: 8, "School": 5, "Clinic": 2}
    assert amounts("tags.country") == {None: 8, "Ghana": 4, "Kenya": 3}
    assert amounts(("recipient", "tags.sector")) == {
        (None, None): 8, ("School", None): 4, ("Clinic", None): 2, ("School", "Health"): 1,
    }  # fmt: skip


def test_totals_are_made_by_all_tags_together() -> None:
    assert amounts("tags")[Tags({"country": "Kenya"})] == 2
    assert amounts("tags")[None] == 8


def test_a_mistyped_tag_is_no_group() -> None:
    with pytest.raises(FieldError, match=r"did you mean tags\.country\?"):
        DS.totals("CNY", by="tags.county")


def test_long_and_many_tags_are_cut_in_sentences() -> None:
    many = dataset(*(pledge(f"p{at}", tags={f"k{at}" + "x" * 9_999: "1"}) for at in range(99)))
    with pytest.raises(FieldError) as caught:
        many.totals("CNY", by="tags.k")
    assert len(str(caught.value)) < 9_999


def test_a_tag_of_pledges_that_are_not_selected_groups_them_as_none() -> None:
    assert [*DS.where(recipient="Clinic").totals("CNY", by="tags.sector")] == [None]


def test_progress_is_told_by_a_tag() -> None:
    assert {*DS.progress(by="tags.country")} == {None, "Ghana", "Kenya"}


# Forms


@pytest.mark.parametrize("name", ["x.toml", "x.json", "x.csv", "x.zip", "x"])
def test_recipients_and_tags_come_back_from_every_form(name: str, tmp_path: Path) -> None:
    ds = cp.Dataset(companies=DS.companies[:1], pledges=DS.pledges)
    cp.write(ds, tmp_path / name)
    assert cp.read(tmp_path / name) == ds


def test_a_dataframe_has_a_column_for_each_tag_and_is_read_back() -> None:
    pytest.importorskip("polars", reason="needs the extra `engines`")
    frame = DS.to_polars()
    assert frame["tags.country"].to_list() == ["Kenya", "Kenya", "Ghana", None]
    assert cp.frames.read(frame).pledges == DS.pledges


def test_a_table_has_no_column_for_each_of_a_thousand_tags(tmp_path: Path) -> None:
    pytest.importorskip("polars", reason="needs the extra `engines`")
    many = dataset(*(pledge(f"p{at}", tags={f"k{at}": "1"}) for at in range(901)))
    for write in (many.to_polars, lambda: cp.write(many, tmp_path / "x.csv")):
        with pytest.raises(RecordError, match="tags: 901 keys are too many: a table"):
            write()
    assert many.remove("p0").to_polars().width > 900
    cp.write(many, tmp_path / "x.toml")
    assert cp.read(tmp_path / "x.toml") == many


def test_a_column_of_all_tags_is_told_how_to_write_them(tmp_path: Path) -> None:
    sheet = tmp_path / "x.csv"
    sheet.write_text("company,amount,announced,tags\nAcme,1 CNY,2021,Kenya\n")
    with pytest.raises(CommonProsperityError) as caught:
        cp.read(sheet)
    problem = "tags: is no column; write one for each tag, such as tags.country"
    assert str(caught.value) == f"{sheet}:1: {problem}"


def test_the_key_of_a_tag_stays_as_its_heading_has_it() -> None:
    pl = pytest.importorskip("polars", reason="needs the extra `engines`")
    frame = pl.DataFrame({
        "company": ["Acme"], "amount": ["5 CNY"], "announced": ["2021"],
        "Tags. Home Country": [" Kenya "], "tags.amount (USD m)": [5],
    })  # fmt: skip
    (one,) = cp.frames.read(frame)
    assert one.tags == {"Home Country": "Kenya", "amount (USD m)": "5"}


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("Kenya", """'Kenya' is no object; write it in JSON: {"country": "Kenya"}"""),
        ('["Kenya"]', """'["Kenya"]' is no object; write it in JSON: {"country": "Kenya"}"""),
        ('{"a": "1", "a": "2"}', "a is written twice; leave one of them out"),
    ],
)
def test_wrong_tags_of_a_package_are_told(cell: str, problem: str, tmp_path: Path) -> None:
    cp.write(DS, tmp_path / "x")
    file = tmp_path / "x" / "pledges.csv"
    quoted = cell.replace('"', '""')
    text = file.read_text().replace('"{""country"": ""Ghana""}"', f'"{quoted}"')
    file.write_text(text)
    with pytest.raises(CommonProsperityError) as caught:
        cp.read(tmp_path / "x")
    assert str(caught.value).endswith(f"pledges.csv:4: c: tags: {problem}")


@pytest.mark.parametrize(
    ("tags", "fault"),
    [
        ('{"country": 5}', "tags.country: 5 is no text"),
        ('{"country": NaN}', "tags.country: NaN is no number that can be held exactly; "
         "write at most 60 digits"),
        ('{"a": "1", "a": "2"}', "tags.a: is written twice; leave one of them out"),
        ('["a"]', 'tags: ["a"] is no table of texts; write a key and a text for each: '
         '{"country": "Kenya"}'),
    ],
)  # fmt: skip
def test_wrong_tags_of_a_json_file_are_told_once(tags: str, fault: str, tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_text(
        '{"company": {"acme": {"name": "Acme"}}, "pledge": {"a": {"company": "acme", '
        f'"amount": "5 CNY", "announced": "2021", "tags": {tags}}}}}}}'
    )
    with pytest.raises(CommonProsperityError) as caught:
        cp.read(file)
    assert str(caught.value) == f"{file}: a: {fault}"


def test_a_fault_of_a_pledge_with_tags_stands_at_the_pledges_own_heading(tmp_path: Path) -> None:
    file = tmp_path / "x.toml"
    file.write_text(
        '[company.acme]\nname = "Acme"\n[pledge.a]\ncompany = "acme"\namount = "5"\n'
        'announced = "2021"\n[pledge.a.tags]\ncountry = "Kenya"\n'
    )
    with pytest.raises(CommonProsperityError, match=r"x\.toml:3: a: amount: "):
        cp.read(file)


def test_texts_of_two_lines_are_read_on_one_line_from_a_sheet(tmp_path: Path) -> None:
    sheet = tmp_path / "x.csv"
    sheet.write_text(
        "company,amount,announced,initiative,note,recipient,tags.home\n"
        '"Acme\nLtd\n",5 CNY,2021,"Good\tTea","two\r\nlines\n","The\nSchool","Kisumu,\nKenya"\n'
        "Acme Ltd,6 CNY,2021,Good Tea,,The School,\n"
    )
    ds = cp.read(sheet)
    assert (ds.companies[0].name, ds.initiatives[0].name) == ("Acme Ltd", "Good Tea")
    assert (len(ds.companies), len(ds.initiatives)) == (1, 1)
    assert ds.pledges[0].note == "two lines"
    assert [*ds.totals("CNY", by="recipient")] == ["The School"]
    assert len(ds.where(tags={"home": "Kisumu,\nKenya"})) == 1
    assert len(ds.where(note="two\nlines")) == 1


# Addresses of sources


def test_the_address_beside_a_source_is_its_own(tmp_path: Path) -> None:
    pytest.importorskip("polars", reason="needs the extra `engines`")
    sheet = tmp_path / "x.csv"
    sheet.write_text(
        "company,amount,announced,source,url\n"
        "Acme,1 CNY,2021,The Paper,https://x.org/1\n"
        "Acme,2 CNY,2021,The Paper,https://x.org/2\n"
        "Acme,3 CNY,2021,The Paper,\n"
        "Acme,4 CNY,2021,,https://x.org/4\n"
        "Acme,5 CNY,2021,https://x.org/4,\n"
        "Acme,6 CNY,2021,The Paper,https://x.org/2\n"
        "Acme,7 CNY,2021,The Paper 2,\n"
    )
    ds = cp.read(sheet)
    assert [each.source for each in ds] == [
        "the-paper", "the-paper_2", "the-paper_3", "https-x-org-4", "https-x-org-4", "the-paper_2",
        "the-paper-2",
    ]  # fmt: skip
    assert [(each.title, each.url) for each in ds.sources] == [
        ("The Paper", "https://x.org/1"),
        ("The Paper", "https://x.org/2"),
        ("The Paper", None),
        ("https://x.org/4", "https://x.org/4"),
        ("The Paper 2", None),
    ]
    cp.write(ds, tmp_path / "back.csv")
    assert cp.read(tmp_path / "back.csv") == ds
    assert cp.frames.read(ds.to_polars()) == ds


def test_what_is_no_address_is_told_at_its_row(tmp_path: Path) -> None:
    sheet = tmp_path / "x.csv"
    sheet.write_text("company,amount,announced,source,url\nAcme,1 CNY,2021,The Paper,page 5\n")
    with pytest.raises(
        CommonProsperityError, match=r"x\.csv:2: the-paper: url: 'page 5' is no web"
    ):
        cp.read(sheet)


def test_a_source_with_an_address_of_its_own_is_held_by_a_sheet(tmp_path: Path) -> None:
    paper = cp.Source(id="the-paper", title="The Paper", url="https://x.org/1")
    ds = cp.Dataset([paper], DS.companies[:1], pledges=[pledge("a", source="the-paper")])
    cp.write(ds, tmp_path / "x.csv")
    assert cp.read(tmp_path / "x.csv") == ds


# Initiatives of several givers


def test_an_initiative_of_two_companies_is_run_by_none_of_them() -> None:
    pl = pytest.importorskip("polars", reason="needs the extra `engines`")
    frame = pl.DataFrame({
        "company": ["Firm A", "Firm B", "Firm A"], "amount": ["1 TWD", "2 TWD", "4 TWD"],
        "initiative": ["Candidate X", "Candidate X", "Candidate Y"], "announced": ["2015-12"] * 3,
    })  # fmt: skip
    ds = cp.frames.read(frame)
    assert [one.company for one in ds.initiatives] == [None, "firm-a"]
    assert [int(total.exact) for total in ds.totals("TWD", by="initiative").values()] == [4, 3]


def test_initiatives_of_no_company_are_merged_and_keep_who_runs_the_other() -> None:
    acme, fund = (cp.Company(id=id_, name=id_) for id_ in ("acme", "fund"))
    one = cp.Initiative(id="one", company="fund", name="Relief")
    other = cp.Initiative(id="other", name="Relief Fund")
    ds = cp.Dataset(companies=[acme, fund], initiatives=[one, other])
    assert ds.merge("one", into="other")["other"] == cp.Initiative(
        id="other", company="fund", name="Relief Fund"
    )
    assert ds.merge("other", into="one").initiatives == (one,)
