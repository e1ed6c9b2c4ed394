"""The page to publish: its numbers, its languages, and that nothing on it is anybody else's."""

import os
import re
import subprocess
import sys
import warnings
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import attrs
import pytest
from click.testing import CliRunner

import commonprosperity as cp
import commonprosperity.page as page_module
from commonprosperity.cli import main
from commonprosperity.rates import first_of, fixed
from page_reader import Page

pytest.importorskip("jinja2", reason="needs the extra `charts`")
pytest.importorskip("altair", reason="needs the extra `charts`")
pytest.importorskip("vl_convert", reason="needs the extra `charts`")

ARTICLE = cp.load()
ACME = cp.Dataset(
    sources=[
        cp.Source(id="daily", title="Daily", publisher="Press", published="2021-08",
                  url="https://daily.example/a?b=1&c=2", note="Prints no author."),
        cp.Source(id="unused", title="Never named"),
    ],
    companies=[cp.Company(id="acme", name="Acme", name_zh="极致"), cp.Company(id="bolt", name="Bolt")],
    initiatives=[cp.Initiative(id="hope", company="acme", name="Hope", source="daily")],
    pledges=[
        cp.Pledge(id="acme-1", company="acme", initiative="hope", amount="2 billion CNY",
                  announced="2021-09-15", source="daily", locator="page 3", note="As printed."),
        cp.Pledge(id="acme-2", company="acme", amount="0.5 billion CNY", announced="2021-10-08",
                  stage="disbursement", part_of="acme-1", funder="the founder"),
        cp.Pledge(id="acme-3", company="acme", amount="310 million USD", announced="2021-09-16",
                  restates="acme-1", equivalents=["3 million CNY", "9 million KZT"]),
        cp.Pledge(id="acme-4", company="acme", amount="1 billion CNY", announced="2021-03"),
        cp.Pledge(id="acme-5", company="acme", amount="1.2 billion CNY", announced="2021-11",
                  supersedes="acme-4", stage="commitment", initiative="hope", qualifier="about"),
        cp.Pledge(id="bolt-1", company="bolt", amount="5 million EUR", high="5.4 million EUR",
                  announced="2021", equivalents="60 million CNY"),
        cp.Pledge(id="bolt-2", company="bolt", amount="5.1 million EUR", announced="2021-01-03"),
        cp.Pledge(id="bolt-3", company="bolt", amount="0 CNY", announced="2020"),
    ],
)  # fmt: skip


PAGES: dict[tuple[object, ...], tuple[cp.Dataset, Page]] = {}


def page(dataset: cp.Dataset, **options: object) -> Page:
    """Write a page and read it, once; what it warns of is no matter here."""
    key = (id(dataset), *sorted((name, str(option)) for name, option in options.items()))
    if key not in PAGES:
        with TemporaryDirectory() as folder, warnings.catch_warnings():
            warnings.simplefilter("ignore", cp.DoubleCountWarning)
            path = Path(folder, "page.html")
            cp.report(dataset, path, **options)  # type: ignore[arg-type]
            PAGES[key] = dataset, Page(path.read_text(encoding="utf-8"))  # no id is used again
    return PAGES[key][1]


# The numbers


@pytest.mark.parametrize(("locale", "on"), [("en", None), ("zh_CN", "2021"), ("de", "2021-09-02")])
def test_the_totals_are_those_of_the_dataset(locale: str, on: str | None) -> None:
    article = ARTICLE
    written = page(article, to="USD", locale=locale, on=on)
    total = article.total("USD", on=on)
    assert Decimal(written.number("total")) == total.amount.amount
    assert Decimal(written.number("low")) == total.low.amount
    assert total.high
    assert Decimal(written.number("high")) == total.high.amount
    full = " ".join(total.amount.format(locale).split())
    assert any(full in text for text in written.said)
    # What was paid is valued, by progress, on the day of its promise.
    of_total, of_progress = (
        " ".join(money.format(locale, "compact").split())
        for money in (total.amount, cp.Progress.of(total).pledged)
    )
    captions = [text for tag, text in written.texts if tag == "figcaption"]
    sums = [text for text in captions if of_total in text or of_progress in text]
    assert len(sums) == 3, "a chart adds up something else"
    assert [of_total in text for text in sums[:2]] == [True, True]
    assert of_progress in sums[2]


def test_every_selected_pledge_is_there_with_what_counts_and_why() -> None:
    selected = ARTICLE.where(company="tencent")
    written = page(selected, to="USD")
    rows = [id_ for id_ in written.all("id") if id_.startswith("pledge-")]
    assert sorted(rows) == sorted(f"pledge-{pledge.id}" for pledge in selected)
    for item in selected.total("USD").items:
        assert Decimal(written.number(f"pledge-{item.pledge.id}")) == item.counted.amount
    assert written.said.count("Its parts count") == 2
    assert written.said.count("Counted") == 4


def test_a_reason_names_the_record_that_counts_instead() -> None:
    said = page(ACME, to="USD").said
    for reason in ["Tells acme-1 again", "Replaced by acme-5", "Left over by its parts"]:
        assert said.count(reason) == 1


@pytest.mark.parametrize(
    ("locale", "reason"), [("en", "Withdrawn with acme-9"), ("zh_CN", "随 acme-9 一并撤回")]
)
def test_a_promise_that_went_with_a_withdrawal_says_so(locale: str, reason: str) -> None:
    withdrawn = ACME.where(id="acme-1").extend(
        cp.Pledge(id="acme-8", company="acme", amount="1 CNY", announced="2021", part_of="acme-1"),
        cp.Pledge(
            id="acme-9", company="acme", amount="0 CNY", announced="2022", supersedes="acme-1"
        ),
    )
    assert page(withdrawn, locale=locale).said.count(reason) == 1


def test_what_is_drawn_and_taken_off_says_so() -> None:
    def record(id_: str, amount: str, stage: Any, **facts: Any) -> cp.Pledge:
        return cp.Pledge(
            id=id_, company="acme", amount=amount, announced="2021", stage=stage, **facts
        )

    pool = cp.Dataset().extend(
        cp.Company(id="acme", name="Acme"),
        cp.Initiative(id="water", name="Water", pooled=True),
        record("c", "50 CNY", "commitment", initiative="water"),
        record("d", "20 CNY", "disbursement", initiative="water"),
        record("back", "-5 CNY", "disbursement", initiative="water"),
        record("less", "-30 CNY", "commitment", part_of="c"),
        record("other", "-9 CNY", "disbursement"),
    )
    written = page(pool)
    for reason in ["Drawn by d", "Taken off d", "Taken off c", "Counted, less its corrections"]:
        assert written.said.count(reason) == 1
    assert "-CN¥9" in " ".join(written.said)
    rule = "Where payments do not say which commitment they belong to"
    assert rule in " ".join(written.said)
    assert rule not in " ".join(page(ACME).said)
    lone = page(pool.where(id="back"))
    assert "There is nothing to take it off" in lone.said


def test_each_rate_is_there_with_its_date_and_what_it_is_worked_out_from() -> None:
    said = page(ARTICLE.where(company="alibaba"), to="USD").said
    for text in ["1 USD = 6.4581293 CNY", "1 EUR = 7.6503 CNY", "1 EUR = 1.1846 USD", "2021-09-02"]:
        assert text in said


def test_an_amount_without_an_upper_end_has_none_on_the_page() -> None:
    floor = attrs.evolve(ACME.pledges[3], id="acme-6", qualifier="at_least")
    assert "no upper end is stated" in page(ACME.extend(floor)).said
    assert "no upper end is stated" not in page(ACME).said


@pytest.mark.parametrize(
    ("locale", "why"),
    [
        ("en", "A bound is not known where it needs a rate or a price that is not known."),
        ("zh_CN", "缺少所需的汇率或价格指数时，下限或上限不详。"),
    ],
)
def test_why_a_bound_is_not_known_is_said(locale: str, why: str) -> None:
    old = cp.Pledge(id="old", company="acme", amount="0 RUB", high="5 RUB", announced="1990")
    assert why in page(ACME.extend(old), locale=locale).said
    assert why not in page(ACME, locale=locale).said


@pytest.mark.parametrize(
    ("locale", "why"),
    [
        (
            "en",
            "This is not known, as it needs the rate or the prices of each promise's own date, and "
            "one of them is not known.",
        ),
        ("zh_CN", "进展不详：这需要每项承诺当日的汇率或价格指数，而其中有的无从得知。"),
    ],
)
def test_progress_without_a_rate_does_not_keep_a_total_from_its_page(locale: str, why: str) -> None:
    whole = cp.Pledge(id="w", company="acme", amount="10 CNY", announced="1990")
    part = cp.Pledge(id="p", company="acme", amount="10 CNY", announced="2021", part_of="w")
    dataset = cp.Dataset().extend(cp.Company(id="acme", name="Acme"), whole, part)
    assert why in page(dataset, to="USD", locale=locale).said
    assert why not in page(dataset, to="CNY", locale=locale).said
    with pytest.raises(cp.errors.RateNotFoundError):
        dataset.progress(to="USD")


def test_a_certain_total_has_no_bounds() -> None:
    certain = cp.Dataset().extend(
        cp.Company(id="acme", name="Acme"),
        cp.Pledge(id="acme-1", company="acme", amount="5 CNY", announced="2021"),
    )
    written = page(certain)
    assert "At the least" not in written.said
    assert "Exchange rates" not in written.said


@pytest.mark.parametrize(
    ("locale", "names"),
    [
        ("en", ["Given in shares", "Given as loans", "In what is not said"]),
        ("zh_CN", ["以股份提供", "以贷款提供", "未注明形式"]),
    ],
)
def test_what_is_given_in_shares_or_lent_stands_apart(locale: str, names: list[str]) -> None:
    shares, loan = ACME.pledge("acme-1"), ACME.pledge("bolt-1")
    mixed = ACME.replace(
        attrs.evolve(shares, instrument="shares"), attrs.evolve(loan, instrument="loan")
    )
    assert [text for text in page(mixed, locale=locale).said if text in names] == names
    assert not [text for text in page(ACME, locale=locale).said if text in names]


@pytest.mark.parametrize(
    ("locale", "note"),
    [
        ("en", "Rows left out as amount is '<b>': 1"),
        ("zh_CN", "因 amount 为 '<b>' 而略去的行数：1"),
    ],
)
def test_what_a_layout_left_out_is_told(locale: str, note: str, tmp_path: Path) -> None:
    (tmp_path / "them.csv").write_text("Who,Sum,Day\nAcme,5,2021-09-02\nBeta,<b>,2021-09-02\n")
    columns = {"company": "Who", "amount": "Sum", "announced": "Day"}
    layout = {"columns": columns, "constants": {"currency": "USD"}, "skip": {"amount": "<b>"}}
    dataset = cp.read(tmp_path / "them.csv", layout=layout)
    assert note in page(dataset, to="USD", locale=locale).said


@pytest.mark.parametrize("locale", ["en", "zh_CN"])
def test_a_dataset_of_nothing_has_a_page(locale: str) -> None:
    written = page(cp.Dataset(), locale=locale)
    assert written.number("total") == "0.00"


@pytest.mark.parametrize("locale", ["en", "zh_CN"])
def test_withdrawals_alone_have_a_page(locale: str) -> None:
    withdrawn = ACME.where(lambda pledge: not pledge.amount.amount)
    written = page(withdrawn, to="USD", locale=locale)
    assert written.number("total") == "0.00"
    assert "pledge-bolt-3" in written.all("id")


# The same input, the same bytes


def test_the_same_input_makes_the_same_bytes(tmp_path: Path) -> None:
    code = """if True:
        import commonprosperity as cp, sys
        cp.report(cp.load(), sys.argv[1], to="USD", locale="zh_CN", written="2026-11-22")
    """
    for seed in "01":
        environment = os.environ | {"PYTHONHASHSEED": seed, "LC_ALL": "C", "TZ": f"UTC+{seed}"}
        command = [sys.executable, "-c", code, str(tmp_path / seed)]
        subprocess.run(command, check=True, env=environment)
    twice = tmp_path / "twice"
    for _ in range(2):
        cp.report(ARTICLE, twice, to="USD", locale="zh_CN", written=date(2026, 11, 22))
    contents = {path.read_bytes() for path in (tmp_path / "0", tmp_path / "1", twice)}
    assert len(contents) == 1


def test_the_date_of_writing_is_the_one_that_is_given(tmp_path: Path) -> None:
    assert "2026-11-22" in page(ARTICLE, written="2026-11-22").said
    assert "Written on" not in page(ARTICLE).said
    with pytest.raises(cp.errors.PeriodError):
        cp.report(ARTICLE, tmp_path / "page.html", written="yesterday")


# The languages


def words_of_ours(written: Page, dataset: cp.Dataset) -> set[str]:
    """Return the Latin words on a page that are neither the dataset's, nor codes or names."""
    values = [attrs.astuple(record, recurse=False) for record in dataset.records]
    texts = {text for row in values for text in row if isinstance(text, str)} | {dataset.name}
    # The lines that a narrow chart folds a text to are parts of what the wide one has whole.
    folded = {text for tag, text in written.texts if tag == "tspan"}
    whole = (text for text in written.said if text not in folded)
    facts = re.compile(
        "|".join(map(re.escape, sorted(filter(None, texts), key=len, reverse=True))) or "$^"
    )
    rest = (re.sub(r"https://www\.ecb\.europa\.eu\S*", "", text) for text in whole)
    words = {word for text in rest for word in re.findall("[A-Za-z_]{2,}", facts.sub("", text))}
    return words - {
        "CNY",
        "USD",
        "EUR",
        "KZT",
        "RUB",
        "ECB",
        "US",
        "part_of",
        "commonprosperity",
        "cp",
        "rates",
        "world",
    }


@pytest.mark.parametrize(("dataset", "on"), [(ACME, None), (ARTICLE, "2021"), (cp.Dataset(), None)])
def test_no_word_of_english_is_on_a_chinese_page(dataset: cp.Dataset, on: str | None) -> None:
    rates = first_of(cp.rates.ecb(), fixed({"USD/RUB": "75"}))
    written = page(dataset, to="USD", on=on, locale="zh_CN", rates=rates, written="2026")
    assert not words_of_ours(written, dataset)


def test_source_bears_its_chinese_title_on_a_chinese_page() -> None:
    given = ACME.replace(cp.Source(id="daily", title="Daily", title_zh="日报"))
    assert ("cite", "日报") in page(given, locale="zh_CN").texts
    assert ("cite", "Daily") in page(given).texts


def test_every_finding_is_told_in_chinese() -> None:
    dataset = ACME.extend(
        cp.Pledge(id="early", company="bolt", amount="9 CNY", announced="2021-09", source="daily"),
        cp.Pledge(id="piece", company="bolt", amount="90 CNY", announced="2021", part_of="early"),
        cp.Pledge(id="other", company="bolt", amount="70 CNY", announced="2020", restates="early"),
        cp.Pledge(
            id="slip",
            company="bolt",
            amount="1 billion CNY",
            announced="2021-09-02",
            equivalents="155 billion USD",
        ),
    )
    codes = {finding.code for finding in dataset.check()}
    assert codes >= {
        "announced-after-publication", "equivalent-differs", "look-alike", "no-source",
        "parts-exceed-whole", "parts-fall-short", "rate-not-found", "restatement-differs",
        "stages-unlinked", "unit-slip",
    }  # fmt: skip
    assert not words_of_ours(page(dataset, to="USD", locale="zh_CN"), dataset)


def test_findings_begin_with_a_capital_letter_or_with_an_id() -> None:
    old = cp.Pledge(id="old", company="bolt", amount="0 RUB", announced="1990",
                    equivalents="0.5 USD")  # fmt: skip
    dataset = ACME.extend(
        old, attrs.evolve(ACME.pledge("acme-2"), id="big", amount="9 billion CNY")
    )
    said = page(dataset, to="CNY").said
    assert any(text.startswith("No RUB rate on 1990") for text in said)
    assert any(text.startswith("The parts of acme-1 come to") for text in said)
    assert "acme-5 says no source" in said


def test_a_finding_leads_to_its_pledge() -> None:
    links = [link for link in page(ARTICLE, to="USD").all("href") if "alibaba" in link]
    assert len(links) == 3  # its note, and its two equivalents


def test_names_are_those_of_the_language() -> None:
    chinese, english = (page(ACME, locale=locale).said for locale in ("zh_CN", "en"))
    assert "极致" in chinese
    assert "Acme" not in chinese
    assert "Acme" in english
    assert "Bolt" in chinese


@pytest.mark.parametrize(("locale", "language"), [("en", "en"), ("zh_TW", "zh-Hans"), ("de", "en")])
def test_the_page_says_its_language(locale: str, language: str) -> None:
    assert page(ACME, locale=locale).all("lang") == [language]


# Texts are not trusted

HOSTILE = """<script>alert(1)</script>"'><img src=x onerror=alert(2)><!-- {{ 7*7 }} {0} {say}"""


def test_no_text_of_a_file_becomes_a_part_of_the_page() -> None:
    hostile = cp.Dataset(
        sources=[cp.Source(id="s", title=HOSTILE, publisher=HOSTILE, note=HOSTILE,
                           url='https://x.example/"><script>alert(3)</script>')],
        companies=[cp.Company(id="c", name=HOSTILE)],
        initiatives=[cp.Initiative(id="i", company="c", name=HOSTILE, source="s")],
        pledges=[cp.Pledge(id="p", company="c", initiative="i", amount="5 CNY", announced="2021",
                           funder=HOSTILE, source="s", locator=HOSTILE, note=HOSTILE)],
    )  # fmt: skip
    rates = fixed({"USD/CNY": 7}, provider=HOSTILE)
    written = page(hostile, to="USD", rates=rates)
    tags = {tag for tag, _ in written.tags}
    assert not tags & {"script", "img", "iframe", "object", "foreignobject", "image", "use"}
    attributes = {name for _, all_ in written.tags for name in all_}
    assert not {name for name in attributes if name.startswith("on")}
    assert sum(HOSTILE in text for text in written.said) >= 7


@pytest.mark.parametrize("dataset", [ACME, ARTICLE], ids=["acme", "article"])
def test_the_page_asks_nothing_of_any_other_place(dataset: cp.Dataset) -> None:
    written = page(dataset, to="USD")
    assert not written.all("src")
    assert not written.all("style") or not any("url(" in style for style in written.all("style"))
    links = [attributes for tag, attributes in written.tags if tag == "a"]
    outside = [link for link in links if not link["href"].startswith("#")]
    assert outside
    assert all(re.match("https?://", link["href"]) for link in outside)
    assert all(link["rel"] == "noopener noreferrer" for link in outside)
    assert [a["href"] for tag, a in written.tags if tag == "link"] == ["data:,"]
    assert {tag for tag, a in written.tags if {"href", "xlink:href"} & a.keys()} == {"a", "link"}
    style = " ".join(text for tag, text in written.texts if tag == "style")
    assert "@import" not in style
    assert "url(" not in style
    assert any("default-src 'none'" in content for content in written.all("content"))


@pytest.mark.parametrize("dataset", [ACME, ARTICLE], ids=["acme", "article"])
def test_every_place_that_is_linked_to_is_there_once(dataset: cp.Dataset) -> None:
    written = page(dataset, to="USD")
    ids = written.all("id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in written.all("href") if link.startswith("#")} <= set(ids)
    assert {*written.all("aria-labelledby")} <= set(ids)


def test_headings_are_in_order() -> None:
    levels = [int(tag[1]) for tag, _ in page(ACME, to="USD").tags if tag in {"h1", "h2", "h3"}]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(next_ - level <= 1 for level, next_ in pairwise(levels))


# Sources, and terms


def test_sources_that_are_named_are_listed() -> None:
    written = page(ACME)
    assert "Daily" in written.said
    assert "Never named" not in written.said
    assert "https://daily.example/a?b=1&c=2" in written.all("href")
    assert "No source is given." in written.said


def test_rates_are_told_with_the_terms_of_their_provider() -> None:
    ours = fixed({"USD/CNY": "6.4"}, provider="my note")
    by_ecb, by_me = (page(ARTICLE, to="USD", rates=rates).said for rates in (None, ours))
    assert any("reference rates of the European Central Bank" in text for text in by_ecb)
    assert not any("reference rates of the European Central Bank" in text for text in by_me)
    assert any("Some rates (my note) are as given" in text for text in by_me)


# Written whole, or not at all


def test_a_rate_that_is_not_known_leaves_the_old_page(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("old")
    with pytest.raises(cp.errors.RateNotFoundError):
        cp.report(ARTICLE, tmp_path / "page.html", to="USD", on="1998")
    assert (tmp_path / "page.html").read_text() == "old"


def test_a_missing_extra_leaves_the_old_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "page.html").write_text("old")
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(cp.errors.MissingExtraError, match=r"commonprosperity\[charts\]"):
        cp.report(ARTICLE, tmp_path / "page.html")
    assert (tmp_path / "page.html").read_text() == "old"


def test_what_may_be_counted_twice_is_warned_of_once_and_told_on_the_page(tmp_path: Path) -> None:
    with pytest.warns(cp.DoubleCountWarning) as told:
        cp.report(ACME, tmp_path / "page.html")
    assert [warning.filename for warning in told] == [__file__]
    assert "link them with part_of" in (tmp_path / "page.html").read_text()


def test_two_thousand_pledges_make_a_page_that_can_be_sent(tmp_path: Path) -> None:
    many = cp.Dataset().extend(
        *(cp.Company(id=f"c{n}", name=f"Company {n}") for n in range(50)),
        *(
            cp.Pledge(id=f"p{n}", company=f"c{n % 50}", amount=cp.Money(10**6 + n**3, "CNY"),
                      announced=date.fromordinal(737_000 + n))
            for n in range(2000)
        ),
    )  # fmt: skip
    cp.report(many, tmp_path / "page.html", to="USD")
    written = (tmp_path / "page.html").read_bytes()
    assert written.count(b'<tr id="pledge-') == 2000
    assert len(written) < 4_000_000


# In two widths


def test_each_chart_is_drawn_for_a_wide_window_and_for_a_telephone() -> None:
    drawn = [a for tag, a in page(ACME).tags if tag == "svg"]
    assert [a["class"] for a in drawn] == ["wide", "narrow"] * 3
    assert all(int(a["width"]) <= 350 for a in drawn if a["class"] == "narrow")
    assert all(970 <= int(a["width"]) <= 1000 for a in drawn if a["class"] == "wide")


def test_every_cell_of_a_number_has_a_label_for_a_telephone() -> None:
    cells = [a for tag, a in page(ARTICLE, to="USD").tags if tag == "td" and "number" in str(a)]
    assert cells
    unlabelled = [a for a in cells if "data-label" not in a]
    assert (
        len(unlabelled) == len({pledge.company for pledge in ARTICLE}) + 1
    )  # below the name of each, and "Total"


def test_why_the_progress_is_another_sum_than_the_total_is_said_where_it_is() -> None:
    why = "These amounts differ from those at the top"
    assert any(why in text for text in page(ARTICLE, to="USD").said)
    assert any(
        "此处金额与页首不同" in text for text in page(ARTICLE, to="USD", locale="zh_CN").said
    )
    assert not any(why in text for text in page(ARTICLE).said)
    promise = cp.Pledge(id="p", company="acme", amount="9 CNY", announced="2021-09-02")
    acme = cp.Dataset().extend(cp.Company(id="acme", name="Acme"), promise)
    for day, differs in [("2023-09-01", True), ("2021-09-02", False)]:
        paid = cp.Pledge(id="q", company="acme", amount="4 CNY", announced=day,
                         stage="disbursement", part_of="p")  # fmt: skip
        said = page(acme.extend(paid), to="USD").said
        assert any(why in text for text in said) is differs


def test_a_period_is_written_in_words() -> None:
    period = attrs.evolve(ACME.pledge("acme-1"), spend="2022/2031", announced="2021-04/2021-08-18")
    dataset = ACME.replace(period)
    assert " ".join(page(dataset).said).count("2022 to 2031") == 1
    assert "2021-04-01 to 2021-08-18" in " ".join(page(dataset).said)
    assert "2022 至 2031" in " ".join(page(dataset, locale="zh_CN").said)


# For every reader


def test_each_table_has_a_heading_as_its_name() -> None:
    written = page(ARTICLE, to="USD")
    names = [a.get("aria-labelledby") for tag, a in written.tags if tag == "table"]
    assert names == ["companies-title", "pledges-title", "rates-title"]


def test_the_last_line_is_inside_the_last_section_so_that_none_is_printed_alone() -> None:
    tags = [tag for tag, _ in page(ARTICLE).tags]
    assert tags[-2:] == ["footer", "p"]
    html = Path(page_module.__file__).with_name("page.html.jinja").read_text("utf-8")
    assert html.index("</footer>") < html.rindex("{% endcall %}")


def luminance(colour: str) -> float:
    """Return how bright a colour is, as the guidelines for accessible pages define it."""
    long = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(long[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return sum(part * weight for part, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


@pytest.mark.parametrize("theme", [0, 1, 2], ids=["light", "dark", "printed"])
def test_every_text_has_a_contrast_of_four_and_a_half(theme: int) -> None:
    style = Path(page_module.__file__).with_name("page.css").read_text("utf-8")
    colours = dict(re.findall(r"--(\w+): (#\w+)", style.split(":root {")[theme + 1].split("}")[0]))
    for paper in ("paper", "wash"):
        for ink in ("ink", "quiet", "accent", "warning"):
            bright = sorted(luminance(colours[name]) + 0.05 for name in (paper, ink))
            assert bright[1] / bright[0] >= 4.5, (paper, ink)


# What the writer says


def test_a_page_has_the_title_the_byline_and_the_introduction_of_its_writer() -> None:
    written = page(ACME, title=HOSTILE, byline="By A. Reporter", intro="One.\n \nTwo.\nThree.")
    texts = [(tag, text) for tag, text in written.texts if text in written.said]
    assert ("h1", HOSTILE) in texts
    assert {"By A. Reporter", "One.", "Two. Three."} <= set(written.said)
    assert any(tag == "title" and text.startswith(HOSTILE[:20]) for tag, text in written.texts)
    plain = page(ACME)
    assert "Promises of money, each counted once" in plain.said
    assert {"byline", "intro"}.isdisjoint(plain.all("class"))


@pytest.mark.parametrize(("locale", "field"), [("en", "Dataset"), ("zh_CN", "数据集")])
def test_a_page_has_the_name_of_its_dataset(locale: str, field: str) -> None:
    said = page(cp.load("wave-2021").where(company="jd"), locale=locale).said
    assert said[said.index(field) + 1] == "wave-2021"
    assert HOSTILE in page(ACME.with_name(HOSTILE), locale=locale).said
    assert "dataset" not in page(ACME, locale=locale).all("id")


def test_amounts_of_a_million_are_short_and_exact_beside_the_total_and_in_data() -> None:
    dataset = cp.Dataset().extend(
        cp.Company(id="acme", name="Acme"),
        cp.Pledge(id="one", company="acme", amount="15,490,000,001 CNY", announced="2021"),
        cp.Pledge(id="two", company="acme", amount="999,999 CNY", announced="2021"),
    )
    written = page(dataset)
    assert sum("15,491,000,000" in text for text in written.said) == 1
    assert not any("15,490,000,001" in text for text in written.said if "¥" in text)
    assert "CN¥15.49B" in written.said
    assert "CN¥999,999" in written.said
    assert "15490000001" in written.all("value")
    chinese = page(dataset, locale="zh_CN").said
    assert "154.9亿元" in chinese


# The command


def test_the_command_writes_the_same_page(tmp_path: Path) -> None:
    cp.report(
        ARTICLE, tmp_path / "a.html", to="USD", locale="zh_CN", on="2021", written="2026-11-22"
    )
    options = ["--to", "USD", "--locale", "zh_CN", "--on", "2021", "--written", "2026-11-22"]
    for dataset in [], ["article"]:
        done = CliRunner().invoke(main, ["report", *dataset, str(tmp_path / "b.html"), *options])
        said = f"已写入 {tmp_path / 'b.html'}：8条承诺。\n"
        assert (done.exit_code, done.stdout, done.stderr) == (0, "", said)
        assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "0 names; it takes a dataset, if any, and a file"),
        (["a", "b", "c.html"], "3 names; it takes"),
        (["mine.toml"], "'mine.toml' is no page to write; its name ends in .html"),
        (["nowhere", "page.html"], "'nowhere' is no file"),
        (["page.html", "--locale", "xx"], "'xx' is no locale"),
        (["page.html", "--written", "today"], "'today' is no period"),
    ],
)
def test_a_wrong_use_of_the_command_is_told(arguments: list[str], sentence: str) -> None:
    done = CliRunner().invoke(main, ["report", *arguments])
    assert done.exit_code == 2
    assert sentence in done.output


# Constant prices


class Desk(cp.Prices):
    """A desk's own index of prices."""

    provider = "a <desk>"

    def published(self, country: str) -> dict[int, Fraction]:
        known = {"CN": {2019: 100, 2020: 102, 2021: 105}, "US": {2019: 100, 2021: 106}}
        return {year: Fraction(number) for year, number in known.get(country, {}).items()}


PRICED = cp.Dataset().extend(
    cp.Company(id="acme", name="Acme", country="CN"),
    cp.Company(id="us", name="US Inc", country="US"),
    cp.Pledge(id="acme-1", company="acme", amount="100 million USD", announced="2019-05-05"),
    cp.Pledge(id="acme-2", company="acme", amount="20 million CNY", announced="2020-03"),
    cp.Pledge(id="acme-3", company="acme", amount="1 million USD", announced="2021-03"),
    cp.Pledge(id="us-1", company="us", amount="30 million USD", announced="2019"),
)


def test_constant_prices_are_said_with_each_deflator_and_each_years_rate() -> None:
    written = page(PRICED, to="USD", prices=Desk(), base=2021)
    total = PRICED.total("USD", prices=Desk(), base=2021)
    assert Decimal(written.number("total")) == total.amount.amount
    said = written.said
    assert said.count("in prices of 2021") == 1
    assert [
        text for text in said if text.startswith("Amounts are in prices of 2021: each goes into")
    ]
    labels = len(PRICED) + 3  # of the cells of the pledges, and of the deflators
    assert said.count("Deflator") == 2 + labels, "two headings, and the label of each cell"
    assert said.count("mean of 2019, 2021") == 1
    assert {"1.05", "1.02941", "1.06"} <= set(said)
    assert said.count("a <desk>") == 3
    in_2019 = cp.rates.ecb().rate("USD", "CNY", "2019")
    in_2021 = cp.rates.ecb().rate("CNY", "USD", "2021")
    for rate in (in_2019, in_2021):
        assert f"1 {rate.base} = {float(rate.factor):.8g} {rate.quote}" in said
    assert "1 USD = 1.0713704 USD" not in said
    captions = [text for tag, text in written.texts if tag == "figcaption"]
    assert sum(text.endswith("in prices of 2021 (a <desk>).") for text in captions) == 3
    assert "prices" in written.all("id")
    assert "Each amount is converted at the rate of its own date." not in said


def test_constant_prices_are_said_in_chinese() -> None:
    said = page(PRICED, to="USD", prices=Desk(), base=2021, locale="zh_CN").said
    assert {"按2021年价格计算", "平减指数", "价格", "国家"} <= set(said)
    assert "2019年、2021年平均" in said


def test_page_without_prices_has_no_word_of_them() -> None:
    written = page(PRICED, to="USD")
    assert not {"Deflator", "Prices", "in prices of 2021"} & set(written.said)
    assert "prices" not in written.all("id")


def test_amounts_that_all_stay_as_they_are_have_no_deflators() -> None:
    written = page(PRICED.where(id="acme-3"), to="USD", prices=Desk(), base=2021)
    assert written.said.count("in prices of 2021") == 1
    assert not any("()" in text for text in written.said)
    assert "prices" not in written.all("id")
