"""The built-in article against a table of its figures, written from the article, not from the file."""

from decimal import Decimal

import pytest

import commonprosperity as cp

# id: company, amount, stated equivalents, announced, stage, qualifier, whole, funder, spend
PLEDGES = {
    "alibaba-ten-actions": (
        "alibaba", 100_000_000_000, ["15490000000", "15500000000"], "2021-09-02",
        "pledge", "exact", None, None, "2021-09-02/2024-12-31",
    ),
    "tencent-100-billion": (
        "tencent", 100_000_000_000, [], "2021-04/2021-08-18",
        "pledge", "exact", None, None, None,
    ),
    "tencent-sustainable-social-value": (
        "tencent", 50_000_000_000, [], "2021-04",
        "pledge", "exact", "tencent-100-billion", None, None,
    ),
    "tencent-common-wealth": (
        "tencent", 50_000_000_000, [], "2021-08-18",
        "pledge", "exact", "tencent-100-billion", None, None,
    ),
    "pinduoduo-agricultural-research": (
        "pinduoduo", 10_000_000_000, [], "2021-08-24",
        "pledge", "up_to", None, None, None,
    ),
    "giving-day-2021": (
        "tencent", 4_169_000_000, [], "2021",
        "disbursement", "exact", None, None, None,
    ),
    "giving-day-2021-public": (
        "tencent", 3_569_000_000, [], "2021",
        "disbursement", "exact", "giving-day-2021", "the public", None,
    ),
    "giving-day-2021-match": (
        "tencent", 600_000_000, [], "2021",
        "disbursement", "exact", "giving-day-2021", "Tencent Charity Foundation", None,
    ),
}  # fmt: skip

# id: about, value, unit, period, qualifier
FIGURES = {
    "pinduoduo-revenue": ("pinduoduo", 23_000_000_000, "CNY", "2021-Q2", "exact"),
    "pinduoduo-revenue-growth": ("pinduoduo", 89, "percent", "2021-Q2", "exact"),
    "pinduoduo-operating-profit": ("pinduoduo", 2_000_000_000, "CNY", "2021-Q2", "exact"),
    "pinduoduo-net-profit": ("pinduoduo", 2_400_000_000, "CNY", "2021-Q2", "exact"),
    "giving-day-2021-donors": ("giving-day", 68_700_000, "person", "2021", "at_least"),
    "giving-day-2020-raised": ("giving-day", 2_720_000_000, "CNY", "2020", "exact"),
}

# id: company, name, started, ends, number of themes, parent
INITIATIVES = {
    "ten-actions": (
        "alibaba", "Ten Actions to Facilitate Common Prosperity", "2021-09-02", "2024-12-31", 5, None,
    ),
    "agricultural-research": (
        "pinduoduo", "10 Billion Agricultural Research Project", "2021-08-24", None, 2, None,
    ),
    "happy-village": ("kuaishou", "Happy Village Strategy", "2018", None, 2, None),
    "happy-village-leaders": (
        "kuaishou", "Happy Village Leaders Program", None, None, 1, "happy-village",
    ),
    "sustainable-social-value": (
        "tencent", "Sustainable Social Value Innovation", "2021-04", None, 6, None,
    ),
    "common-wealth": ("tencent", "Special Project for Common Wealth", "2021-08-18", None, 4, None),
    "giving-day": ("tencent", "99 Giving Day", "2015", None, 1, None),
}  # fmt: skip

ARTICLE = cp.load()


def period(text: str | None) -> cp.Period | None:
    return None if text is None else cp.Period.parse(text)


def test_it_has_these_records_and_no_others() -> None:
    assert {pledge.id for pledge in ARTICLE.pledges} == set(PLEDGES)
    assert {figure.id for figure in ARTICLE.figures} == set(FIGURES)
    assert {initiative.id for initiative in ARTICLE.initiatives} == set(INITIATIVES)
    assert {company.name for company in ARTICLE.companies} == {
        "Alibaba", "Tencent", "Pinduoduo", "Kuaishou", "Meituan", "ByteDance",
    }  # fmt: skip


@pytest.mark.parametrize("pledge", ARTICLE.pledges, ids=lambda pledge: pledge.id)
def test_pledge_is_as_the_article_has_it(pledge: cp.Pledge) -> None:
    company, amount, dollars, announced, stage, qualifier, whole, funder, spend = PLEDGES[pledge.id]
    assert pledge.company == company
    assert pledge.amount == cp.Money(amount, "CNY")
    assert pledge.equivalents == tuple(cp.Money(text, "USD") for text in dollars)
    assert pledge.announced == pledge.value_date == period(announced)
    assert (pledge.stage, pledge.qualifier) == (stage, qualifier)
    assert (pledge.part_of, pledge.funder) == (whole, funder)
    assert pledge.spend == period(spend)
    assert (pledge.supersedes, pledge.restates, pledge.high) == (None, None, None)


@pytest.mark.parametrize("figure", ARTICLE.figures, ids=lambda figure: figure.id)
def test_figure_is_as_the_article_has_it(figure: cp.Figure) -> None:
    about, value, unit, when, qualifier = FIGURES[figure.id]
    assert (figure.about, figure.value, figure.unit) == (about, Decimal(value), unit)
    assert figure.period == period(when)
    assert figure.qualifier == qualifier
    assert figure.measure


@pytest.mark.parametrize("initiative", ARTICLE.initiatives, ids=lambda initiative: initiative.id)
def test_initiative_is_as_the_article_has_it(initiative: cp.Initiative) -> None:
    company, name, started, ends, themes, parent = INITIATIVES[initiative.id]
    assert (initiative.company, initiative.name) == (company, name)
    assert initiative.started == period(started)
    assert initiative.ends == period(ends)
    assert len(initiative.themes) == themes
    assert initiative.part_of == parent


def test_every_statement_says_where_it_stands() -> None:
    statements: list[cp.Initiative | cp.Pledge | cp.Figure]
    statements = [*ARTICLE.initiatives, *ARTICLE.pledges, *ARTICLE.figures]
    for record in statements:
        assert record.source == "dot-dot-stand"
        assert record.locator is not None
        assert record.locator.startswith(("section", "introduction"))


def test_the_source_is_the_article() -> None:
    (source,) = ARTICLE.sources
    assert source.title == "The Chinese efforts of common prosperity"
    assert source.publisher == "Dot Dot Stand"
    assert source.url == (
        "https://www.dotdotstand.com/post/the-chinese-efforts-of-common-prosperity"
    )


@pytest.mark.parametrize(
    ("id_", "word"),
    [
        ("pinduoduo", "Pingduoduo"),
        ("tencent-100-billion", "invested"),
        ("tencent-100-billion", "under the name of the first"),
        ("tencent-100-billion", "span"),
        ("alibaba-ten-actions", "2024"),
        ("pinduoduo-agricultural-research", "no part"),
        ("pinduoduo-agricultural-research", "board"),
        ("giving-day-2021", "no date"),
        ("giving-day-2021-public", "no date"),
        ("giving-day-2021-match", "18 August"),
        ("giving-day-2021-donors", "donations"),
    ],
)
def test_looseness_of_the_article_is_noted(id_: str, word: str) -> None:
    note = getattr(ARTICLE[id_], "note", None)
    assert word in (note or "")


def test_amounts_keep_the_precision_of_the_article() -> None:
    pledge = ARTICLE["alibaba-ten-actions"]
    assert isinstance(pledge, cp.Pledge)
    assert [money.half_last_digit for money in pledge.equivalents] == [5_000_000, 50_000_000]


def test_total_is_the_sum_of_what_is_no_part_of_another() -> None:
    assert ARTICLE.total("CNY").amount == cp.Money(100 + 50 + 50 + 10, "CNY") * 10**9 + cp.Money(
        3_569_000_000 + 600_000_000, "CNY"
    )


def test_ceiling_may_come_to_nothing() -> None:
    total = ARTICLE.total("CNY")
    assert (total.low, total.high) == (cp.Money("204.169e9", "CNY"), total.amount)


def test_other_peoples_money_is_told_apart() -> None:
    assert ARTICLE.total("CNY").by_funder == {
        None: cp.Money("210e9", "CNY"),
        "the public": cp.Money("3.569e9", "CNY"),
        "Tencent Charity Foundation": cp.Money("0.6e9", "CNY"),
    }


def test_list_of_names_is_the_list_of_files() -> None:
    assert cp.datasets() == ("article", "wave-2021")


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "Article", "article.toml", "/etc/passwd"])
def test_name_that_is_no_built_in_dataset_is_refused(name: str) -> None:
    with pytest.raises(
        cp.errors.DatasetNotFoundError, match=r"no dataset .* there are article, wave-2021"
    ):
        cp.load(name)
