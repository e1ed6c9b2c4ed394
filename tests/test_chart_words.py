"""The words of charts: in the language of their readers, named in full, folded to the width."""

import re
from typing import Any

import pytest

import commonprosperity as cp
from commonprosperity.records import PLEDGE_FIELDS
from drawn import ARTICLE, acme, charts, drawn_texts, facts, rows, with_acme

# The words


@pytest.mark.parametrize(
    ("locale", "titles"),
    [
        ("en", ["Promises of money by company", "Promises of money over time",
                "What the promises consist of", "How far the promises have come"]),
        ("zh_CN", ["按公司划分的资金承诺", "资金承诺的时间线", "各项承诺的构成", "承诺的兑现进展"]),
    ],
)  # fmt: skip
def test_titles_are_in_the_locales_language(locale: str, titles: list[str]) -> None:
    drawn = charts(ARTICLE, locale=locale).values()
    assert [chart.title.text for chart in drawn] == titles


def test_chinese_chart_has_no_english_but_what_has_no_chinese_name() -> None:
    for chart in charts(ARTICLE, "USD", "zh_CN").values():
        beside = [fact for row in facts(chart) for fact in row]
        shown = " ".join([*drawn_texts(chart), *beside, chart.to_dict()["description"]])
        for known in (
            "Dot Dot Stand, The Chinese efforts of common prosperity",
            "Tencent Charity Foundation", "the public", "USD", "US$",
            *sorted((pledge.id for pledge in ARTICLE.pledges), key=len, reverse=True),
        ):  # fmt: skip
            shown = shown.replace(known, "")
        assert not re.findall(r"[A-Za-z]{2,}", shown)


@pytest.mark.parametrize(("locale", "label"), [("en", "CN¥100B"), ("zh_CN", "1000亿元")])
def test_axis_has_compact_amounts_of_the_locale(locale: str, label: str) -> None:
    spec = cp.charts.bar(ARTICLE.totals("CNY", by="company"), locale=locale).to_dict()
    (axis,) = [layer["encoding"]["x"]["axis"] for layer in spec["layer"]
               if layer["encoding"].get("x", {}).get("axis")]  # fmt: skip
    assert axis["values"] == [0, 50e9, 100e9]
    assert f'"{label}"]' in axis["labelExpr"]


def test_subtitle_says_the_sum_the_currency_and_the_rates() -> None:
    def said(to: str, on: str | None = None) -> str:
        chart = cp.charts.bar(ARTICLE.totals(to, by="company", on=on))
        return str(chart.title.subtitle[0])

    assert said("CNY") == "CN¥214.169B in all; amounts in CNY."
    assert said("USD") == (
        "$33.063B in all; amounts in USD, each at the rate of its own date (ECB)."
    )
    assert said("USD", on="2021-09-02").endswith("all at the rate of 2021-09-02 (ECB).")


def test_sources_and_rates_are_named_at_the_foot() -> None:
    (foot,) = rows(cp.charts.bar(ARTICLE.totals("USD", by="company")), "source")
    assert foot["source"] == [
        "Source: Dot Dot Stand, The Chinese efforts of common prosperity. Rates: ECB."
    ]


@pytest.mark.parametrize(
    ("locale", "named"),
    [
        ("en", "each at the rate of its own date (fixed rate, sources' own equivalents)."),
        ("zh_CN", "每笔按其当日的汇率折算（固定汇率、来源自行折算的汇率）。"),
    ],
)
def test_whoever_gives_the_rates_is_named_in_the_language_of_the_chart(
    locale: str, named: str
) -> None:
    rates = cp.rates.first_of(ARTICLE.rates_as_reported(), cp.rates.fixed({"USD/CNY": "6.45"}))
    totals = ARTICLE.totals("USD", by="company", rates=rates)
    assert named in " ".join(cp.charts.bar(totals, locale=locale).title.subtitle)


def test_of_many_sources_three_are_named() -> None:
    sources = [cp.Source(id=f"s{at}", title=f"Paper {at}") for at in range(5)]
    dataset = with_acme().extend(
        *sources, *(acme(f"p{at}", "1 CNY", source=f"s{at}") for at in range(5))
    )
    (foot,) = rows(cp.charts.bar(dataset.totals("CNY", by="company")), "source")
    assert foot["source"] == ["Source: Paper 0; Paper 1; Paper 2; and 2 more."]


def test_groups_without_a_value_and_of_several_fields_are_named() -> None:
    english = facts(cp.charts.bar(ARTICLE.totals("CNY", by=("funder", "stage"))))
    assert [
        english[0][0], english[1][0],
    ] == ["the companies themselves – Promised", "the public – Disbursed"]  # fmt: skip
    chinese = cp.charts.bar(ARTICLE.totals("CNY", by=("funder", "stage")), locale="zh")
    assert facts(chinese)[0][0] == "公司自身 – 已承诺"
    assert chinese.title.text == "按出资方和阶段划分的资金承诺"


@pytest.mark.filterwarnings("ignore:a and b both count:commonprosperity.DoubleCountWarning")
def test_two_groups_of_one_name_are_two_bars() -> None:
    twins = cp.Dataset().extend(
        cp.Company(id="a", name="Twin"),
        cp.Company(id="b", name="Twin"),
        cp.Pledge(id="p", company="a", amount="1 CNY", announced="2021"),
        cp.Pledge(id="q", company="b", amount="2 CNY", announced="2021"),
    )
    with pytest.warns(cp.DoubleCountWarning, match="go by one name, Twin"):
        totals = twins.totals("CNY", by="company")
    assert [one[1] for one in facts(cp.charts.bar(totals))] == ["CN¥2.00", "CN¥1.00"]


def test_double_count_is_warned_of_where_the_chart_is_asked_for() -> None:
    dataset = ARTICLE.extend(
        cp.Pledge(
            id="more", company="alibaba", initiative="ten-actions", amount="1 CNY",
            stage="disbursement", announced="2022",
        )
    )  # fmt: skip
    with pytest.warns(cp.DoubleCountWarning, match="ten-actions") as warned:
        cp.charts.timeline(dataset.total("CNY"))
    with pytest.warns(cp.DoubleCountWarning, match="ten-actions") as warned_again:
        cp.charts.pipeline(dataset.progress())
    assert [warning.filename for warning in [*warned, *warned_again]] == [__file__] * 2


@pytest.mark.parametrize("field", PLEDGE_FIELDS)
def test_every_field_is_called_in_chinese(field: str) -> None:
    title = cp.charts.bar(cp.load().totals("CNY", by=field), locale="zh_CN").to_dict()["title"]
    assert not re.search("[a-z]", title["text"])


def test_text_longer_than_any_chart_is_cut() -> None:
    name, short = "腾" * 100_000, "讯" * 1_000
    long = cp.Dataset().extend(
        cp.Company(id="acme", name=name),
        cp.Company(id="short", name=short),
        cp.Pledge(id="a", company="acme", amount="5 CNY", announced="2021", funder=name),
        cp.Pledge(id="b", company="short", amount="5 CNY", announced="2021"),
    )
    for chart in (
        cp.charts.bar(long.totals("CNY", by="company")),
        cp.charts.timeline(long.total("CNY")),
    ):
        drawn = chart.to_json(ensure_ascii=False)
        assert "腾" * 1_000 + "…" in drawn
        assert "腾" * 1_001 not in drawn
        assert short in drawn
        assert short + "…" not in drawn


def marks_texts(chart: Any) -> list[Any]:
    rows = [row for layer in chart.layer for row in layer.data.values]
    return [row["name"] for row in rows if "name" in row]


# For a width


def test_names_are_folded_to_the_width_and_never_cut_before_three_lines() -> None:
    total = cp.load().total("CNY")
    narrow, wide = (cp.charts.timeline(total, width=width) for width in (335, 970))
    assert (narrow.width, wide.width) == (335, 970)
    assert all(len(lines) == 1 for lines in marks_texts(wide))
    assert {len(lines) for lines in marks_texts(narrow)} == {3}
    whole = {" ".join(" ".join(lines).split()) for lines in marks_texts(narrow)}
    assert whole == {lines[0] for lines in marks_texts(wide)}
    assert narrow.height > wide.height


@pytest.mark.parametrize("width", [239, 0, -1, 640.5, "640"])
def test_a_width_without_room_is_refused(width: Any) -> None:
    article = cp.load()
    draws: list[Any] = [
        lambda: cp.charts.bar(article.totals("CNY", by="company"), width=width),
        lambda: cp.charts.timeline(article.total("CNY"), width=width),
        lambda: cp.charts.pipeline(article.progress(), width=width),
        lambda: cp.charts.parts(article, width=width),
    ]
    for draw in draws:
        with pytest.raises(cp.errors.RecordError, match="is no width of a chart"):
            draw()
    assert cp.charts.parts(article, width=240).width == 240


def test_rows_of_one_name_and_one_date_are_told_apart_by_their_amounts() -> None:
    day: dict[str, Any] = {"company": "acme", "announced": "2021-09-02"}
    dataset = cp.Dataset().extend(
        cp.Company(id="acme", name="Acme"),
        cp.Pledge(id="a", amount="100 million CNY", qualifier="up_to", **day),
        cp.Pledge(id="b", amount="6 CNY", **day),
        cp.Pledge(id="c", amount="6 CNY", **day),
        cp.Pledge(id="d", amount="6 CNY", **{**day, "announced": "2022"}),
        cp.Pledge(id="e", amount="7 CNY", funder="the public", **day),
    )
    total = dataset.total("CNY")
    assert {lines[-1] for lines in marks_texts(cp.charts.timeline(total))} == {
        "Acme (up to 100 million yuan)", "Acme (b)", "Acme (c)", "Acme (2022)",
        "Acme – paid by the public",
    }  # fmt: skip
    chinese = marks_texts(cp.charts.timeline(total, locale="zh_CN"))
    assert "Acme（不超过1亿元）" in {lines[-1] for lines in chinese}


def test_a_long_name_on_a_telephone_keeps_what_tells_it_apart() -> None:
    dataset = cp.Dataset().extend(
        cp.Company(
            id="acme",
            name="A Very Long Name of a Group of Holdings and of all that These Hold in Many Provinces",
        ),
        cp.Pledge(id="a", company="acme", amount="5 CNY", announced="2021-08-01"),
        cp.Pledge(id="b", company="acme", amount="6 CNY", announced="2021-08-02"),
    )
    names = marks_texts(cp.charts.timeline(dataset.total("CNY"), width=335))
    assert {lines[-1] for lines in names} == {"(2021-08-01)", "(2021-08-02)"}
    assert {len(lines) for lines in names} == {3}
    assert all("…" in lines[1] for lines in names)


def test_rows_of_one_name_are_told_apart_by_their_dates_without_a_stroke() -> None:
    dataset = cp.Dataset().extend(
        cp.Company(id="acme", name="Acme"),
        cp.Company(id="bolt", name="Bolt"),
        cp.Pledge(id="a", company="acme", amount="5 CNY", announced="2021-01-01/2021-03-02"),
        cp.Pledge(id="b", company="acme", amount="6 CNY", announced="2022"),
        cp.Pledge(id="c", company="bolt", amount="7 CNY", announced="2023"),
    )
    names = [lines[-1] for lines in marks_texts(cp.charts.timeline(dataset.total("CNY")))]
    assert set(names) == {"Acme (2021-01-01 to 2021-03-02)", "Acme (2022)", "Bolt"}
    chinese = marks_texts(cp.charts.timeline(dataset.total("CNY"), locale="zh_CN"))
    assert "Acme（2021年1月1日至2021年3月2日）" in {lines[-1] for lines in chinese}
