"""Charts in a notebook: a picture that needs no network, and figures that outlive distrust."""

import re
import sys
from base64 import b64decode
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest

import commonprosperity as cp
from commonprosperity.errors import MissingExtraError
from page_reader import Page

alt = pytest.importorskip("altair", reason="the extra charts is not installed")
pytest.importorskip("vl_convert", reason="the extra charts is not installed")

ARTICLE = cp.load()
TOTALS = ARTICLE.totals("CNY", by="company")

# What JupyterLab 4.6 leaves of the HTML of a notebook that is not trusted, of what we write.
KEPT_TAGS = {
    "a", "br", "caption", "details", "div", "i", "img", "small", "span", "summary", "table", "tbody",
    "td", "tfoot", "th", "thead", "tr",
}  # fmt: skip
KEPT_ATTRIBUTES = {"class", "style", "scope", "colspan", "src", "alt", "href", "rel"}


def bar(**options: Any) -> Any:
    return cp.charts.bar(TOTALS, **options)


def pipeline(**options: Any) -> Any:
    return cp.charts.pipeline(ARTICLE.progress(), **options)


def shown(chart: Any) -> dict[str, str]:
    """Return what a notebook gets of a chart."""
    bundle = chart._repr_mimebundle_()
    assert isinstance(bundle, dict)
    return bundle


BAR = shown(bar())


def picture(html: str) -> str:
    """Return the SVG in what a notebook shows."""
    (encoded,) = re.findall(r'<img src="data:image/svg\+xml;base64,([^"]+)"', html)
    return b64decode(encoded).decode()


def cells(html: str) -> list[list[str]]:
    """Return the rows of all tables, headings first, and notes apart."""
    body = re.sub(r"<tfoot>.*?</tfoot>", "", html, flags=re.DOTALL)
    rows = re.findall(r"<tr>(.*?)</tr>", body)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in rows]


@pytest.mark.parametrize("locale", ["en", "zh_CN"])
def test_a_chart_is_shown_as_a_picture_of_itself_that_needs_no_network(locale: str) -> None:
    drawn = (
        bar(locale=locale),
        pipeline(locale=locale),
        cp.charts.timeline(ARTICLE.total("USD"), locale=locale),
        cp.charts.parts(ARTICLE, locale=locale),
    )
    for chart in drawn:
        bundle, file = shown(chart), StringIO()
        chart.save(file, format="svg")
        assert {*bundle} == {"text/html", "text/plain"}
        assert picture(bundle["text/html"]) == file.getvalue()
        assert chart.title.text in file.getvalue()
        outside = file.getvalue().replace('"http://www.w3.org/', "") + bundle["text/html"]
        assert not re.search(r"https?:|<script|cdn", outside)


def test_figures_are_those_beside_the_pointer() -> None:
    html = BAR["text/html"]
    headings, *rows = cells(html)
    assert headings == ["Name", "Amount", "Share", "Promised", "Disbursed", "At least", "At most"]
    assert [row[0] for row in rows] == ["Tencent", "Alibaba", "Pinduoduo"]
    assert [row[1] for row in rows] == [total.amount.format("en") for total in TOTALS.values()]
    assert [row[4] for row in rows] == ["CN¥4,169,000,000.00", "", ""]
    assert "<summary" in html
    assert "CN¥214.169B in all; amounts in CNY." in html[html.index("<tfoot>") :]


def test_text_is_the_same_table_in_the_language_of_the_chart() -> None:
    title, _, headings, _, *rows = shown(pipeline(locale="zh_CN"))["text/plain"].splitlines()
    assert title == "承诺的兑现进展"
    assert headings.split() == ["阶段", "金额", "占比"]
    assert rows[0].split() == ["承诺总额", "¥214,169,000,000.00", "100.0%"]
    assert rows[-1] == "合计2141.69亿元；金额单位：人民币。"


def test_each_bar_and_each_circle_has_one_row() -> None:
    total = ARTICLE.total("USD")
    _, *rows = cells(shown(cp.charts.timeline(total))["text/html"])
    counted = {item.pledge.id for item in total.items if item.converted}
    assert sorted(row[-1] for row in rows) == sorted(counted)
    _, *steps = cells(shown(pipeline())["text/html"])
    assert len(steps) == 5


def test_what_a_chart_says_is_escaped() -> None:
    hostile = """"><script>alert(1)</script><img src='x'>"""
    rates = cp.rates.fixed({"USD/CNY": "6.5"}, provider=hostile)
    dollars = cp.Dataset().extend(
        cp.Company(id="acme", name=hostile),
        cp.Pledge(id="a", company="acme", amount="1 USD", announced="2021"),
    )
    chart = cp.charts.timeline(dollars.total("CNY", rates=rates)).properties(title=hostile)
    page = Page(shown(chart)["text/html"])
    assert [tag for tag, _ in page.tags].count("img") == 1
    assert "script" not in {tag for tag, _ in page.tags}
    (spoken,) = page.all("alt")
    assert "alert(1)" in spoken
    assert "<caption>" not in shown(chart)["text/html"]


def test_nothing_to_show_is_said_without_a_table() -> None:
    bundle = shown(cp.charts.parts(cp.Dataset()))
    assert "<details" not in bundle["text/html"]
    said = "What the promises consist of: Nothing to show: no parts are known."
    assert bundle["text/plain"] == said
    assert f'alt="{said}"' in bundle["text/html"]


CHANGES: dict[str, Callable[[Any], Any]] = {
    "properties": lambda chart: chart.properties(width=300),
    "title": lambda chart: chart.properties(title="Mine"),
    "interactive": lambda chart: chart.interactive(),
    "resolve_scale": lambda chart: chart.resolve_scale(color="independent"),
    "configure": lambda chart: chart.configure_view(stroke="red"),
    "copy": lambda chart: chart.copy(),
    "layered": lambda chart: (
        chart + alt.Chart(alt.Data(values=[{"a": 1}])).mark_rule().encode(x="a:Q")
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_changed_chart_keeps_its_picture_and_its_figures(change: Callable[[Any], Any]) -> None:
    changed = change(bar())
    assert isinstance(changed, alt.LayerChart)
    html = shown(changed)["text/html"]
    assert cells(html) == cells(BAR["text/html"])
    assert "<text" in picture(html)


COMBINATIONS: dict[str, tuple[Callable[[Any, Any], Any], int]] = {
    "below": (lambda one, other: one & other, 2),
    "beside": (lambda one, other: one | other, 2),
    "below, then beside": (lambda one, other: (one & other) | one, 3),
    "beside, then below": (lambda one, other: (one | other) & one, 3),
    "three below": (lambda one, other: one & other & one, 3),
    "three beside": (lambda one, other: one | other | one, 3),
    "scales apart": (lambda one, other: (one & other).resolve_scale(color="independent"), 2),
}


@pytest.mark.parametrize(("combine", "count"), COMBINATIONS.values(), ids=COMBINATIONS)
def test_combined_charts_are_one_picture_with_the_figures_of_each(
    combine: Callable[[Any, Any], Any], count: int
) -> None:
    one, other = bar(), pipeline(locale="zh_CN")
    bundle = shown(combine(one, other))
    svg = picture(bundle["text/html"])
    assert one.title.text in svg
    assert other.title.text in svg
    summaries = re.findall(r"<summary[^>]*>(.*?)</summary>", bundle["text/html"])
    assert summaries[:2] == [one.title.text, other.title.text]
    assert len(summaries) == count
    assert bundle["text/html"].count("<style>") == 1
    (spoken,) = re.findall(r'alt="([^"]*)"', bundle["text/html"])
    assert spoken.startswith(f"{one.description} {other.description}")
    assert bundle["text/plain"].count("CN¥214.169B in all") >= 1
    assert "合计2141.69亿元" in bundle["text/plain"]


def test_a_chart_of_anybody_beside_ours_has_no_figures() -> None:
    theirs = alt.Chart(alt.Data(values=[{"a": 1}])).mark_bar().encode(x="a:Q", tooltip="a:Q")
    bundle = shown(bar() & theirs)
    assert bundle["text/html"].count("<details>") == 1
    assert f'alt="{bar().description}" style=' in bundle["text/html"]
    assert bundle["text/plain"] == BAR["text/plain"]


@pytest.mark.parametrize(
    "tooltip",
    [
        "factor:Q",
        ["factor:Q"],
        alt.Tooltip("factor:Q", title="Factor"),
        alt.value("x"),
        [alt.Tooltip("count()", title="Count")],
    ],
)
def test_a_layer_of_anybody_adds_no_figures(tooltip: Any) -> None:
    theirs = alt.Chart(alt.Data(values=[{"factor": 1, "row": 7}])).mark_rule()
    layered = bar() + theirs.encode(x="factor:Q", tooltip=tooltip)
    assert shown(layered)["text/plain"] == BAR["text/plain"]


@pytest.mark.parametrize(
    ("title", "summary"),
    [
        ("Mine", "Mine"),
        (["Two", "lines"], "Two lines"),
        (alt.Title("A & B", subtitle="beside"), "A &amp; B"),
        (alt.Title(["Two", "lines"]), "Two lines"),
    ],
)
def test_figures_have_the_title_of_the_chart(title: Any, summary: str) -> None:
    html = shown(bar().properties(title=title))["text/html"]
    assert re.findall(r"<summary[^>]*>(.*?)</summary>", html) == [summary]


def test_without_a_title_the_figures_have_the_description() -> None:
    chart = bar()
    chart.title = alt.Undefined
    html = shown(chart)["text/html"]
    (summary,) = re.findall(r"<summary[^>]*>(.*?)</summary>", html)
    assert summary.startswith("Promises of money by company CN¥214.169B in all")


def test_altair_is_left_as_it_is() -> None:
    before = alt.renderers.active, alt.renderers.options
    shown(bar())
    assert (alt.renderers.active, alt.renderers.options) == before
    plain = alt.Chart.from_json(bar().to_json())
    assert type(plain) is alt.LayerChart
    assert "cdn" in plain._repr_mimebundle_()["text/html"]


@pytest.mark.parametrize(
    ("renderer", "form"),
    [
        ("html", "text/html"),
        ("svg", "image/svg+xml"),
        ("png", "image/png"),
        ("mimetype", "vegalite"),
    ],
)
def test_a_renderer_that_the_user_chose_is_used(renderer: str, form: str) -> None:
    with alt.renderers.enable(renderer):
        shown_by_altair = str(bar()._repr_mimebundle_())
    assert form in shown_by_altair
    assert "<details>" not in shown_by_altair
    assert "<details>" in BAR["text/html"]


def test_what_cannot_be_combined_is_refused() -> None:
    chart = bar()
    with pytest.raises((TypeError, ValueError), match="Only chart objects"):
        _ = chart & 3
    with pytest.raises((TypeError, ValueError), match="Only chart objects"):
        _ = chart | "text"


def test_a_missing_writer_of_svg_is_an_error_that_names_the_command(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chart = bar()
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    with pytest.raises(MissingExtraError, match=r'pip install "commonprosperity\[charts\]"'):
        chart._repr_mimebundle_()


def test_ipython_takes_what_a_chart_gives() -> None:
    formatters: Any = pytest.importorskip("IPython.core.formatters", reason="needs IPython")
    bundle, _ = formatters.DisplayFormatter().format(bar())
    assert bundle == BAR


def test_an_untrusted_notebook_keeps_tables_and_charts() -> None:
    values: list[Any] = [
        ARTICLE, TOTALS, ARTICLE.total("USD"), ARTICLE.total("USD").explain(), ARTICLE.check(),
        ARTICLE["pinduoduo-agricultural-research"], ARTICLE.progress(), ARTICLE.total("CNY").amount,
        ARTICLE.totals("CNY", by=("company", "year")).pivot(),
    ]  # fmt: skip
    htmls = [value._repr_html_() for value in values] + [shown(bar() & pipeline())["text/html"]]
    for html in htmls:
        cleaned = re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)
        page = Page(cleaned)
        assert {tag for tag, _ in page.tags} <= KEPT_TAGS
        assert {name for _, attributes in page.tags for name in attributes} <= KEPT_ATTRIBUTES
        assert [*page.texts] == [text for text in Page(html).texts if text[0] != "style"]
