"""The wave of 2021 against a table of its facts, written from the reports, not from the file."""

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import attrs
import pytest

import commonprosperity as cp

# id: company, amount, stated equivalents, announced, stage, instrument, funder, then its links:
# the whole it is a part of, the record it tells again, the version it follows
PLEDGES = {
    "alibaba-ten-actions": ("alibaba", "100e9 CNY", ["15.48e9 USD"], "2021-09-02", "pledge", None, None, None, None, None),
    "alibaba-ten-actions-pandaily": ("alibaba", "100e9 CNY", ["15.49e9 USD"], "2021-09-02", "pledge", None, None, None, "alibaba-ten-actions", None),
    "alibaba-ten-actions-wsj": ("alibaba", "15.48e9 USD", [], "2021-09-02", "pledge", None, None, None, "alibaba-ten-actions", None),
    "alibaba-ten-actions-cnn": ("alibaba", "15.5e9 USD", [], "2021-09-03", "pledge", None, None, None, "alibaba-ten-actions", None),
    "alibaba-ten-actions-fortune": ("alibaba", "15.5e9 USD", [], "2021-09-03", "pledge", None, None, None, "alibaba-ten-actions", None),
    "alibaba-cp-fund": ("alibaba", "20e9 CNY", [], "2021-09-02", "pledge", None, None, "alibaba-ten-actions", None, None),
    "alibaba-cp-fund-taipei-times": ("alibaba", "20e9 CNY", [], "2021-09-02", "pledge", None, None, None, "alibaba-cp-fund", None),
    "alibaba-cp-fund-fourth-estate": ("alibaba", "20e9 CNY", ["3.1e9 USD"], "2021-09-02", "pledge", None, None, None, "alibaba-cp-fund", None),
    "alibaba-cp-fund-republic-world": ("alibaba", "20e9 CNY", ["12.5e9 USD"], "2021-09-02", "pledge", None, None, None, "alibaba-cp-fund", None),
    "tencent-ssv": ("tencent", "50e9 CNY", ["7.68e9 USD"], "2021-04-19", "pledge", None, None, None, None, None),
    "tencent-ssv-xinhua": ("tencent", "50e9 CNY", ["7.66e9 USD"], "2021-04-19", "pledge", None, None, None, "tencent-ssv", None),
    "tencent-ssv-results": ("tencent", "50e9 CNY", [], "2021-04-19", "pledge", None, None, None, "tencent-ssv", None),
    "tencent-cpp": ("tencent", "50e9 CNY", [], "2021-08-18", "pledge", None, None, None, None, None),
    "tencent-cpp-bloomberg": ("tencent", "50e9 CNY", ["7.7e9 USD"], "2021-08-18", "pledge", None, None, None, "tencent-cpp", None),
    "tencent-cpp-efe": ("tencent", "7.7e9 USD", [], "2021-08-19", "pledge", None, None, None, "tencent-cpp", None),
    "tencent-cpp-city-am": ("tencent", "5e9 CNY", ["562e6 GBP"], "2021-08-18", "pledge", None, None, None, "tencent-cpp", None),
    "tencent-99giving-2021-plan": ("tencent", "5e9 CNY", [], "2021-08", "pledge", None, None, None, None, None),
    "tencent-99giving-2021-plan-festival": ("tencent", "1e9 CNY", ["150e6 USD"], "2021-08", "pledge", None, None, "tencent-99giving-2021-plan", None, None),
    "tencent-99giving-2021-plan-afterwards": ("tencent", "4e9 CNY", ["620e6 USD"], "2021-08", "pledge", None, None, "tencent-99giving-2021-plan", None, None),
    "tencent-99giving-2021-matching-so-far": ("tencent", "160e6 CNY", [], "2021-09-05", "disbursement", None, "Tencent Charity Foundation", "tencent-99giving-2021-plan-festival", None, None),
    "tencent-99giving-2021-matching": ("tencent", "600e6 CNY", [], "2021-09-10", "disbursement", None, "Tencent Charity Foundation", "tencent-99giving-2021-plan-festival", None, "tencent-99giving-2021-matching-so-far"),
    "tencent-new-cornerstone": ("tencent", "10e9 CNY", [], "2022-04-30", "pledge", None, None, "tencent-ssv", None, None),
    "tencent-new-cornerstone-daydaynews": ("tencent", "10e9 CNY", [], "2022", "pledge", None, None, None, "tencent-new-cornerstone", None),
    "pdd-10bn-agri": ("pinduoduo", "10e9 CNY", [], "2021-08-24", "pledge", None, None, None, None, None),
    "pdd-10bn-agri-cnn": ("pinduoduo", "10e9 CNY", ["1.5e9 USD"], "2021-08-24", "pledge", None, None, None, "pdd-10bn-agri", None),
    "pdd-q2-first-slice": ("pinduoduo", "2.4e9 CNY", [], "2021-08-24", "pledge", None, None, "pdd-10bn-agri", None, None),
    "pdd-q2-first-slice-cnn": ("pinduoduo", "372e6 USD", [], "2021-08-24", "pledge", None, None, None, "pdd-q2-first-slice", None),
    "huang-zju": ("pinduoduo", "100e6 USD", [], "2021-03-18", "pledge", None, "Starry Night Foundation", None, None, None),
    "meituan-wangxing": ("meituan", "17.6e9 HKD", ["2.27e9 USD"], "2021-06-03", "disbursement", "shares", "Wang Xing", None, None, None),
    "meituan-wangxing-reuters": ("meituan", "2.27e9 USD", [], "2021-06-03", "disbursement", "shares", "Wang Xing", None, "meituan-wangxing", None),
    "meituan-wangxing-harvard": ("meituan", "14857e6 CNY", [], "2021", "disbursement", "shares", "Wang Xing", None, "meituan-wangxing", None),
    "meituan-wangxing-dao-insights": ("meituan", "2.03e9 USD", [], "2021-06-03", "disbursement", "shares", "Wang Xing", None, "meituan-wangxing", None),
    "xiaomi-leijun": ("xiaomi", "2.2e9 USD", [], "2021-07-16", "disbursement", "shares", "Lei Jun", None, None, None),
    "xiaomi-leijun-bloomberg": ("xiaomi", "2.2e9 USD", [], "2021-07", "disbursement", "shares", "Lei Jun", None, "xiaomi-leijun", None),
    "xiaomi-leijun-dao-insights": ("xiaomi", "2.0e9 USD", [], "2021-07-16", "disbursement", "shares", "Lei Jun", None, "xiaomi-leijun", None),
    "leijun-wuhan": ("xiaomi", "1.3e9 CNY", ["182e6 USD"], "2023-11-29", "pledge", None, "Lei Jun", None, None, None),
    "bytedance-zhang": ("bytedance", "500e6 CNY", ["77.35e6 USD"], "2021-06-22", "pledge", None, "Zhang Yiming", None, None, None),
    "bytedance-zhang-pedaily": ("bytedance", "500e6 CNY", [], "2021-06-22", "pledge", None, "Zhang Yiming", None, "bytedance-zhang", None),
    "bytedance-zhang-reuters-later": ("bytedance", "500e6 CNY", ["78.61e6 USD"], "2021-06-22", "pledge", None, "Zhang Yiming", None, "bytedance-zhang", None),
    "geely-shares": ("geely-automobile", "4.49e9 HKD", ["3.73e9 CNY", "573.003e6 USD"], "2021-08-30", "pledge", "shares", None, None, None, None),
    "jd-liu-shares": ("jd", "2.3e9 USD", [], "2022-02-02", "pledge", "shares", "Richard Liu", None, None, None),
    "jd-liu-shares-epoch-times": ("jd", "2e9 USD", [], "2022-02-02", "pledge", "shares", "Richard Liu", None, "jd-liu-shares", None),
    "jd-liu-shares-dao-insights": ("jd", "2.05e12 USD", [], "2022-02-02", "pledge", "shares", "Richard Liu", None, "jd-liu-shares", None),
    "jd-housing": ("jd", "10e9 CNY", ["1.4e9 USD"], "2022-11-22", "pledge", "loan", None, None, None, None),
    "jd-liu-relief": ("jd", "100e6 CNY", [], "2022-11-22", "pledge", None, "Richard Liu", None, None, None),
    "midea-he-hospital": ("midea", "970e6 USD", [], "2020-05/2021-04", "pledge", None, "He Xiangjian", None, None, None),
    "midea-he-science": ("midea", "3e9 CNY", ["430e6 USD"], "2023-05-21", "pledge", None, "He Xiangjian", None, None, None),
    "countrygarden-2020": ("country-garden", "2.38e9 CNY", ["357e6 USD"], "2021-07-20", "disbursement", None, "Yang Guoqiang and family", None, None, None),
    "countrygarden-2020-polish": ("country-garden", "2.38e9 CNY", ["357e9 USD"], "2021-07-20", "disbursement", None, "Yang Guoqiang and family", None, "countrygarden-2020", None),
    "countrygarden-yanghuiyan": ("country-garden-services", "826e6 USD", [], "2023-07", "pledge", "shares", "Yang Huiyan", None, None, None),
    "kuaishou-suhua": ("kuaishou", "3.3e9 CNY", [], "2023", "pledge", None, "Su Hua", None, None, None),
    "evergrande-2019": ("evergrande", "3.01e9 CNY", [], "2020", "disbursement", None, "Xu Jiayin", None, None, None),
}  # fmt: skip

QUALIFIERS = {
    "pdd-10bn-agri": "up_to",
    "pdd-10bn-agri-cnn": "up_to",
    "xiaomi-leijun": "about",
    "jd-liu-shares": "about",
    "jd-liu-shares-epoch-times": "at_least",
}

VALUE_DATES = {
    "countrygarden-2020": "2020",
    "countrygarden-2020-polish": "2020",
    "evergrande-2019": "2019",
}

RECIPIENTS = {
    "huang-zju": "Zhejiang University",
    "meituan-wangxing": "Wang Xing Foundation",
    "xiaomi-leijun": "Xiaomi Foundation and Lei Jun Foundation",
    "leijun-wuhan": "Wuhan University",
    "bytedance-zhang": "Fangmei Education Development Fund",
    "countrygarden-yanghuiyan": "Guoqiang Foundation Hong Kong",
    "midea-he-science": "He Science Foundation",
}

FUNDERS_IN_CHINESE = {
    "Tencent Charity Foundation": "腾讯公益慈善基金会",
    "Starry Night Foundation": "繁星公益基金",
    "Wang Xing": "王兴",
    "Lei Jun": "雷军",
    "Zhang Yiming": "张一鸣",
    "Richard Liu": "刘强东",
    "He Xiangjian": "何享健",
    "Yang Guoqiang and family": "杨国强家族",
    "Yang Huiyan": "杨惠妍",
    "Su Hua": "宿华",
    "Xu Jiayin": "许家印",
}

RECIPIENTS_IN_CHINESE = {
    "Zhejiang University": "浙江大学",
    "Wang Xing Foundation": "王兴基金会",
    "Xiaomi Foundation and Lei Jun Foundation": "小米基金会和雷军基金会",
    "Wuhan University": "武汉大学",
    "Fangmei Education Development Fund": "芳梅教育发展基金",
    "Guoqiang Foundation Hong Kong": "国强公益基金会（香港）",
    "He Science Foundation": "何享健科学基金",
    "a hospital in Foshan": "佛山的一家医院",
    "10,884 employees": "10,884名员工",
    "employees": "员工",
    "employees' children": "员工子女",
}

# What a promise is to be spent by, where a report says so
SPEND = {
    "alibaba-ten-actions": "2021-09-02/2025-12-31",
    "alibaba-ten-actions-pandaily": "2021-09-02/2024-12-31",
    "tencent-new-cornerstone": "2022/2031",
    "geely-shares": "2022-08-30/2025-08-29",
}

# id: about, value, qualifier, period
FIGURES = {
    "tencent-gifts-2021": ("tencent", 1_911_330_000, "exact", "2021"),
    "tencent-gifts-2020-2021": ("tencent", 3_100_000_000, "at_least", "2020/2021"),
    "alibaba-gifts-2021": ("alibaba", 1_205_230_000, "exact", "2021"),
    "country-garden-gifts-2021": ("country-garden", 688_430_000, "exact", "2021"),
}

# What counts, by hand: the original of each pledge, less its parts, which count themselves
ROOTS = {
    "CNY": [
        100_000,
        50_000,
        50_000,
        5_000,
        10_000,
        1_300,
        500,
        10_000,
        100,
        3_000,
        2_380,
        3_300,
        3_010,
    ],
    "USD": [100, 2_200, 2_300, 970, 826],
    "HKD": [17_600, 4_490],
}

WAVE = cp.load("wave-2021")
RECORDS: list[Any] = [
    *WAVE.sources, *WAVE.companies, *WAVE.initiatives, *WAVE.pledges, *WAVE.figures
]  # fmt: skip


def test_every_pledge_is_in_the_table() -> None:
    assert {pledge.id for pledge in WAVE} == {*PLEDGES}
    assert {figure.id for figure in WAVE.figures} == {*FIGURES}


@pytest.mark.parametrize("id", PLEDGES)
def test_a_pledge_says_what_the_reports_say(id: str) -> None:  # noqa: A002 (the field's name)
    pledge = WAVE.pledge(id)
    company, amount, equivalents, announced, stage, instrument, funder, whole, original, version = (
        PLEDGES[id]
    )
    assert pledge.company == company
    assert pledge.amount == money(amount)
    assert [*pledge.equivalents] == [money(text) for text in equivalents]
    assert str(pledge.announced) == announced
    assert pledge.qualifier == QUALIFIERS.get(id, "exact")
    assert pledge.high is None
    assert str(pledge.value_date) == VALUE_DATES.get(id, announced)
    assert (pledge.stage, pledge.instrument, pledge.funder) == (stage, instrument, funder)
    assert (pledge.part_of, pledge.restates, pledge.supersedes) == (whole, original, version)
    if id in RECIPIENTS:
        assert pledge.recipient == RECIPIENTS[id]
    assert pledge.spend == (cp.Period.parse(SPEND[id]) if id in SPEND else None)


@pytest.mark.parametrize("id", FIGURES)
def test_a_figure_says_what_the_reports_say(id: str) -> None:  # noqa: A002 (the field's name)
    (figure,) = [figure for figure in WAVE.figures if figure.id == id]
    about, value, qualifier, period = FIGURES[id]
    assert (figure.about, figure.unit) == (about, "CNY")
    assert figure.value == value
    assert (figure.qualifier, str(figure.period)) == (qualifier, period)


def test_every_record_names_the_report_it_comes_from_and_every_report_is_used() -> None:
    named = {record.source for record in WAVE.pledges}
    named |= {record.source for record in WAVE.initiatives}
    named |= {record.source for record in WAVE.figures}
    assert named == {source.id for source in WAVE.sources}


def test_each_report_tells_a_pledge_once() -> None:
    tellings = [(pledge.source, pledge.restates or pledge.id) for pledge in WAVE]
    assert len(tellings) == len({*tellings})


def money(text: str) -> cp.Money:
    amount, currency = text.split()
    return cp.Money(amount, currency)


@pytest.mark.parametrize("currency", ROOTS)
def test_every_yuan_counts_once(currency: str) -> None:
    counting = [item for item in WAVE.total(currency).items if item.counted.currency == currency]
    assert sum(Fraction(item.counted.amount) for item in counting) == sum(ROOTS[currency]) * 10**6


def faults(ids: frozenset[str]) -> Iterator[tuple[str, str]]:
    for finding in WAVE.check():
        if finding.severity != "info" and ids & {*finding.ids}:
            yield finding.severity, finding.code


@pytest.mark.parametrize(
    ("id", "fault"),
    [
        ("alibaba-cp-fund-republic-world", ("warning", "equivalent-differs")),
        ("tencent-cpp-city-am", ("error", "restatement-differs")),
        ("countrygarden-2020-polish", ("warning", "equivalent-differs")),
        ("jd-liu-shares-dao-insights", ("warning", "restatement-differs")),
    ],
)
def test_slips_of_the_press_are_found(id: str, fault: tuple[str, str]) -> None:  # noqa: A002
    assert fault in faults(frozenset({id}))


def test_nothing_else_is_an_error() -> None:
    errors = [finding.ids for finding in WAVE.check() if finding.severity == "error"]
    assert errors == [("tencent-cpp", "tencent-cpp-city-am")]


def test_no_company_is_there_twice_beside_the_article() -> None:
    ids = {company.id: (company.name, company.name_zh) for company in cp.load().companies}
    for company in WAVE.companies:
        assert ids.get(company.id, (company.name, company.name_zh)) == (
            company.name,
            company.name_zh,
        )


def test_every_company_is_chinese() -> None:
    assert {company.country for company in WAVE.companies} == {"CN"}


def test_funders_and_recipients_are_called_as_they_are_in_chinese() -> None:
    assert {p.funder: p.funder_zh for p in WAVE if p.funder} == FUNDERS_IN_CHINESE
    assert {p.recipient: p.recipient_zh for p in WAVE if p.recipient} == RECIPIENTS_IN_CHINESE


def test_every_text_for_readers_has_a_chinese_form() -> None:
    for record in RECORDS:
        for field in ("name", "funder", "recipient", "locator", "note"):
            text, chinese = (getattr(record, each, None) for each in (field, f"{field}_zh"))
            assert (text is None) is (chinese is None), (record.id, field)
            assert chinese is None or re.search("[一-鿿]", chinese)


def test_only_a_title_of_ours_is_translated() -> None:
    for source in WAVE.sources:
        is_ours = "title is" in (source.note or "") or "(in Chinese)" in source.title
        assert (source.title_zh is not None) is is_ours, source.id


def test_years_of_a_note_are_in_its_chinese_form_too() -> None:
    for record in RECORDS:
        notes = (getattr(record, field) or "" for field in ("note", "note_zh"))
        english, chinese = ({*re.findall(r"20[12]\d", note)} for note in notes)
        assert english <= chinese, record.id


def test_constant_prices_need_a_year_for_one_record() -> None:
    class Level(cp.Prices):
        def published(self, country: str) -> dict[int, Fraction]:  # noqa: ARG002
            return dict.fromkeys(range(2019, 2024), Fraction(1))

    with pytest.raises(cp.errors.ConstantPriceError, match="for midea-he-hospital") as error:
        WAVE.total("USD", prices=Level(), base=2021)
    assert len(error.value.faults) == 1
    hospital = attrs.evolve(WAVE.pledge("midea-he-hospital"), value_date="2021")
    total = WAVE.replace(hospital).total("USD", prices=Level(), base=2021)
    assert total.split_by(lambda pledge: pledge.id)["midea-he-hospital"].amount == money(
        "970e6 USD"
    )
