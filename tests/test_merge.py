"""`Dataset.merge`: two records become one, and every link follows."""

import io
import warnings

import pytest
from hypothesis import given

import commonprosperity as cp
from strategies import full_datasets

SHEET = (
    "company,amount,currency,announced\n腾讯,50000000000,CNY,2021-04\nAlibaba Group,5,CNY,2021\n"
)


def beside() -> cp.Dataset:
    return cp.load() | cp.read(io.StringIO(SHEET), format="csv")


def refusal(dataset: cp.Dataset, one: str, into: str) -> str:
    with pytest.raises(cp.errors.DatasetError) as error:
        dataset.merge(one, into=into)
    return str(error.value)


FULL = cp.Dataset(
    sources=[
        cp.Source(id="paper", title="Paper", note="daily"),
        cp.Source(id="press", title="Press", url="https://example.org", note="weekly"),
    ],
    companies=[
        cp.Company(id="acme", name="Acme", aliases="Acme Ltd"),
        cp.Company(id="acme-group", name="Acme Group", name_zh="极致", aliases=["ACM", "Acme Ltd"], note="n"),
        cp.Company(id="other", name="Other"),
    ],
    initiatives=[
        cp.Initiative(id="aid", company="acme", name="Aid", source="paper"),
        cp.Initiative(id="help", company="acme", name="Help", started="2020", themes=["work"], part_of="aid", source="press"),
        cp.Initiative(id="tea", company="acme-group", name="Tea", part_of="help"),
        cp.Initiative(id="play", company="other", name="Play"),
    ],
    pledges=[
        cp.Pledge(id="p", company="acme-group", initiative="help", amount="5 CNY", announced="2021", source="press"),
        cp.Pledge(id="q", company="acme", initiative="aid", amount="6 CNY", announced="2021", part_of="p", equivalents="1 USD"),
    ],
    figures=[
        cp.Figure(id="f", about="acme-group", value=1, source="press"),
        cp.Figure(id="g", about="help", value=2),
    ],
)  # fmt: skip


def test_every_link_to_a_merged_company_leads_to_the_other() -> None:
    one = FULL.merge("acme-group", into="acme")
    assert "acme-group" not in one
    assert [company.id for company in one.companies] == ["acme", "other"]
    assert {pledge.company for pledge in one} == {"acme"}
    assert one.initiatives[2].company == "acme"
    assert one.figures[0].about == "acme"
    assert one["play"] == FULL["play"]


def test_names_of_a_merged_company_become_aliases_and_missing_facts_are_taken_over() -> None:
    one = FULL.merge("acme-group", into="acme")
    assert one["acme"] == cp.Company(
        id="acme", name="Acme", name_zh="极致", note="n",
        aliases=["Acme Ltd", "Acme Group", "极致", "ACM"],
    )  # fmt: skip
    other_way = FULL.merge("acme", into="acme-group")
    assert other_way["acme-group"] == cp.Company(
        id="acme-group", name="Acme Group", name_zh="极致", note="n",
        aliases=["ACM", "Acme Ltd", "Acme"],
    )  # fmt: skip


def test_name_of_the_company_itself_is_no_alias() -> None:
    twice = cp.Dataset().extend(
        cp.Company(id="acme", name="Acme"), cp.Company(id="acme-2", name="Acme", note="n")
    )
    assert twice.merge("acme-2", into="acme").companies == (
        cp.Company(id="acme", name="Acme", note="n"),
    )


def test_merged_initiatives_keep_what_they_say_and_no_link_to_themselves() -> None:
    one = FULL.merge("help", into="aid")
    assert one["aid"] == cp.Initiative(
        id="aid", company="acme", name="Aid", started="2020", themes=["work"], source="paper"
    )
    assert {pledge.initiative for pledge in one} == {"aid"}
    assert one.initiatives[1].part_of == "aid"
    assert one.figures[1].about == "aid"
    other_way = FULL.merge("aid", into="help")
    assert other_way.initiatives[0] == cp.Initiative(
        id="help", company="acme", name="Help", started="2020", themes=["work"], source="press"
    )


def test_every_link_to_a_merged_source_leads_to_the_other() -> None:
    one = FULL.merge("press", into="paper")
    assert one.sources == (
        cp.Source(id="paper", title="Paper", url="https://example.org", note="daily"),
    )
    assert {r.source for r in (*one.initiatives[:2], one["p"], one["f"])} == {"paper"}  # type: ignore[union-attr]


def test_the_selection_and_its_day_stay() -> None:
    later = FULL.extend(cp.Pledge(id="z", company="acme", amount="1 CNY", announced="2022"))
    one = later.where(id=["p", "z"]).as_of("2021").merge("acme-group", into="acme")
    assert repr(one) == "Dataset: 1 of 3 pledges selected, as known on 2021-12-31"


def test_only_the_links_of_a_merged_record_change() -> None:
    assert FULL.merge("acme-group", into="acme")["q"] == FULL["q"]
    assert FULL.merge("acme-group", into="acme")["p"].part_of is None  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("one", "into", "sentence"),
    [
        ("acme", "acme", "acme: cannot be merged into acme: they are one record already"),
        ("aid", "acme", "aid: cannot be merged into acme: one is an initiative, the other a company"),
        ("paper", "aid", "paper: cannot be merged into aid: one is a source, the other an initiative"),
        ("help", "play", "help: cannot be merged into play: they are of different companies, acme, other; merge these first"),
        ("q", "p", "q: cannot be merged into p: two records of a pledge are both kept, and linked; write restates in "
                   "the one that tells the other again, or supersedes in a later version"),
        ("f", "g", "f: cannot be merged into g: nothing links to a figure; remove the one that is too many"),
    ],
)  # fmt: skip
def test_records_that_cannot_become_one_say_why(one: str, into: str, sentence: str) -> None:
    assert refusal(FULL, one, into) == sentence


def test_initiatives_of_two_companies_merge_after_these() -> None:
    one = FULL.merge("acme-group", into="acme").merge("tea", into="aid")
    assert one["aid"].company == "acme"  # type: ignore[union-attr]
    assert "tea" not in one


@pytest.mark.parametrize(("one", "into"), [("acne", "acme"), ("other", "acne")])
def test_unknown_id_is_told_with_the_nearest(one: str, into: str) -> None:
    with pytest.raises(
        cp.errors.RecordNotFoundError, match=r"no record 'acne'; did you mean acme\?"
    ):
        FULL.merge(one, into=into)


@given(full_datasets())
def test_no_fact_of_a_pledge_is_lost_by_merging(dataset: cp.Dataset) -> None:
    first, *others = dataset.companies or [None]
    for other in others:
        dataset = dataset.merge(other.id, into=first.id)  # type: ignore[union-attr]
    assert len(dataset.companies) == bool(first)
    assert {pledge.company for pledge in dataset} <= {getattr(first, "id", None)}


# The warning that says so


def test_total_of_a_company_with_two_names_warns_and_the_way_out_works() -> None:
    with pytest.warns(cp.DoubleCountWarning) as caught:
        assert beside().total("CNY").amount == cp.Money(264_169_000_005, "CNY")
    assert [str(one.message) for one in caught] == [
        "tencent and 腾讯 both count, and go by one name, 腾讯; if they are one company, make them "
        'one with merge("腾讯", into="tencent"), and see what check() finds twice'
    ]
    one = beside().merge("腾讯", into="tencent")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        one.total("CNY")
    assert one["tencent"].aliases == ("腾讯",)  # type: ignore[union-attr]


@pytest.mark.parametrize("add", ["total", "totals", "progress", "progress by"])
def test_whatever_adds_warns_of_one_company_twice(add: str) -> None:
    sums = {
        "total": lambda d: d.total("CNY"),
        "totals": lambda d: d.totals("CNY", by="company"),
        "progress": lambda d: d.progress(),
        "progress by": lambda d: d.progress(by="company"),
    }
    with pytest.warns(cp.DoubleCountWarning, match="tencent and 腾讯 both count") as caught:
        sums[add](beside())
    assert caught[0].filename == __file__


def test_one_company_twice_is_warned_of_only_where_both_count() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        beside().where(company="腾讯").total("CNY")
        beside().where(company=["腾讯", "alibaba"]).total("CNY")
        retold = cp.Pledge(id="腾讯-1", company="腾讯", amount="50 billion CNY", announced="2021-04",
                           restates="tencent-sustainable-social-value")  # fmt: skip
        beside().replace(retold).total("CNY")


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Acme", {"name": "ACME"}),
        ("Acme", {"name": "Ac  me "}),
        ("极致", {"name": "Acme", "name_zh": "极致"}),
        ("Acme Ltd", {"name": "Other", "aliases": ["Beta", "ACME LTD"]}),
        ("Caf\u00e9", {"name": "CAFE\u0301"}),
    ],
)
def test_a_name_of_one_is_a_name_of_the_other(name: str, other: dict[str, object]) -> None:
    two = _two(name, other)
    with pytest.warns(cp.DoubleCountWarning, match="a and b both count"):
        two.total("CNY")


@pytest.mark.parametrize("name", ["Acme Ltd", "Acme Group", "ＡＣＭＥ", "Ac-me", "Acne"])
def test_a_name_that_is_only_like_another_is_no_reason_to_warn(name: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        _two("Acme", {"name": name}).total("CNY")


def test_many_companies_twice_are_one_warning() -> None:
    records = [
        record
        for number in range(6)
        for record in (
            cp.Company(id=f"c{number}", name=f"C {number // 2}"),
            cp.Pledge(id=f"p{number}", company=f"c{number}", amount="1 CNY", announced="2021"),
        )
    ]
    with pytest.warns(cp.DoubleCountWarning, match=r"C 0 \(2 more such pairs\); if") as caught:
        cp.Dataset().extend(*records).total("CNY")
    assert len(caught) == 1


def _two(name: str, other: dict[str, object]) -> cp.Dataset:
    return cp.Dataset(
        companies=[cp.Company(id="a", name=name), cp.Company(id="b", **other)],  # type: ignore[arg-type]
        pledges=[
            cp.Pledge(id=f"{id_}-1", company=id_, amount="1 CNY", announced="2021") for id_ in "ab"
        ],
    )
