"""Charts: the numbers are the library's own, the texts the locale's, and names of strangers inert."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import commonprosperity as cp
from commonprosperity.charts import look
from commonprosperity.charts.bars import round_numbers
from commonprosperity.errors import MissingExtraError, RecordError
from drawn import (
    ARTICLE,
    acme,
    charts,
    convert,
    drawn_texts,
    facts,
    numbered,
    rows,
    svg_of,
    with_acme,
)

altair = pytest.importorskip("altair", reason="the extra charts is not installed")
ROOT = Path(__file__).parents[1]
HOSTILE = """datum.x']);alert(1)//"${1+1}{{2*2}}<img src=x onerror=alert(1)></script><script>"""


def strings(value: Any) -> Iterator[str]:
    """Go through the texts of a specification."""
    if isinstance(value, str):
        yield value
    for part in value.items() if isinstance(value, dict) else ():
        yield from strings(list(part))
    for part in value if isinstance(value, list) else ():
        yield from strings(part)


# The numbers


@pytest.mark.parametrize("to", ["CNY", "USD"])
def test_bars_are_the_totals_to_the_cent(to: str) -> None:
    totals = ARTICLE.totals(to, by="company")
    told = facts(cp.charts.bar(totals))
    assert [one[0] for one in told] == ["Tencent", "Alibaba", "Pinduoduo"]
    assert [one[1] for one in told] == [total.amount.format("en") for total in totals.values()]
    assert [one[2] for one in told] == [f"{float(share):.1%}" for share in totals.shares.values()]
    assert [one[-2] for one in told] == [total.low.format("en") for total in totals.values()]


def test_pieces_of_a_bar_are_its_stages_end_to_end() -> None:
    chart = cp.charts.bar(ARTICLE.totals("CNY", by="company"))
    tencent = [row for row in rows(chart, "kind") if row["row"] == 0]
    assert [(row["kind"], row["start"], row["end"]) for row in tencent] == [
        ("pledge", 0, 100e9),
        ("disbursement", 100e9, 104.169e9),
    ]


def test_range_runs_from_the_least_to_the_most() -> None:
    assert rows(cp.charts.bar(ARTICLE.totals("CNY", by="company")), "low", "high") == [
        {"row": 2, "low": 0.0, "high": 10e9}
    ]


def test_open_range_runs_to_the_edge_and_says_so() -> None:
    dataset = with_acme(acme("a", "2 billion CNY", qualifier="at_least"))
    chart = cp.charts.bar(dataset.totals("CNY", by="company"))
    (line,) = rows(chart, "low", "high")
    assert line["low"] == 2e9 < line["high"]
    assert facts(chart)[0][-2:] == ["CN¥2,000,000,000.00", "no upper end"]


def test_bars_are_of_totals_and_of_nothing_else() -> None:
    for other in (ARTICLE, ARTICLE.total("CNY"), None):
        with pytest.raises(
            RecordError, match=r'write bar\(dataset.totals\("CNY", by="company"\)\)'
        ):
            cp.charts.bar(other)  # type: ignore[arg-type]


def test_bars_are_of_pledges_and_not_of_the_rows_of_a_ledger() -> None:
    rows = pytest.importorskip("polars").DataFrame({"amount": [1], "cause": ["tea"]})
    totals = cp.frames.total(rows, "CNY", currency="CNY", date="2021", by="cause")
    with pytest.raises(RecordError, match=r"without stages; read the pledges with frames\.read"):
        cp.charts.bar(totals)  # type: ignore[arg-type]


def test_a_timeline_is_of_a_total_and_a_pipeline_of_one_progress() -> None:
    others = [ARTICLE, ARTICLE.progress(), ARTICLE.totals("CNY", by="company"), None]
    for other in others:
        with pytest.raises(RecordError, match=r'write timeline\(dataset.total\("CNY"\)\)'):
            cp.charts.timeline(other)  # type: ignore[arg-type]
    for another in (ARTICLE, ARTICLE.total("CNY"), ARTICLE.progress(by="company"), None):
        with pytest.raises(RecordError, match=r"write pipeline\(dataset.progress\(\)\)"):
            cp.charts.pipeline(another)  # type: ignore[arg-type]


def test_the_progress_of_a_group_and_a_part_of_a_total_are_drawn_with_their_names() -> None:
    groups = ARTICLE.progress(by="company")
    told = facts(cp.charts.pipeline(groups["alibaba"]))
    assert told[0][1] == "CN¥100,000,000,000.00"
    tencent = ARTICLE.total("CNY").split_by(lambda pledge: pledge.company)["tencent"]
    assert {one[0].partition(" – ")[0] for one in facts(cp.charts.timeline(tencent))} == {"Tencent"}


REFUNDED = with_acme(
    acme("w", "100 million CNY"),
    acme("paid", "80 million CNY", "2021-10", part_of="w", stage="disbursement"),
    acme("back", "-30 million CNY", "2021-11-02", part_of="w", stage="disbursement"),
    acme("c", "50 million CNY", "2020-02-02", stage="commitment"),
    acme("less", "-10 million CNY", "2020-03-03", stage="commitment", part_of="c"),
    acme("c-paid", "15 million CNY", "2020-03-04", stage="disbursement", part_of="c"),
)


def test_bars_below_zero_go_to_the_left_and_are_labelled_on_the_right() -> None:
    chart = cp.charts.bar(REFUNDED.totals("CNY", by=lambda pledge: pledge.id == "back"))
    other, back = rows(chart, "label")[-2:]
    assert (other["end"], back["end"], back["label"]) == (170e6, 0, "-CN¥30M (-21.4%)")
    drawn = [(row["start"], row["end"]) for row in rows(chart, "kind") if row["row"] == 1]
    assert drawn == [(0, -30e6)]
    least, most = chart.to_dict()["layer"][0]["encoding"]["x"]["scale"]["domain"]
    assert least == -30e6
    assert most > 170e6


def test_stages_below_zero_and_above_go_their_own_ways() -> None:
    paid = with_acme(acme("a", "9 CNY"), acme("b", "-4 CNY", stage="disbursement"))
    chart = cp.charts.bar(paid.totals("CNY", by="company"))
    drawn = [(row["kind"], row["start"], row["end"]) for row in rows(chart, "kind")]
    assert drawn == [("pledge", 0, 9), ("disbursement", 0, -4)]
    assert facts(chart)[0][1] == "CN¥5.00"


def test_a_total_below_zero_is_drawn() -> None:
    back = REFUNDED.where(id="back")
    for chart in charts(back).values():
        assert chart.to_dict()["layer"]
    (label,) = {row["label"] for row in rows(charts(back)["bar"], "label")}
    assert label == "-CN¥30M (100.0%)"
    assert "low" not in rows(charts(back)["bar"])[0]


def test_timeline_has_rings_for_money_taken_back() -> None:
    chart = cp.charts.timeline(REFUNDED.total("CNY"))
    layers = {layer["mark"]["type"]: layer["data"]["values"] for layer in chart.to_dict()["layer"]}
    assert [(row["fact5"], row["amount"]) for row in layers["point"]] == [("back", 30e6)]
    assert [row["fact5"] for row in layers["circle"]] == ["c", "c-paid", "w", "paid"]
    assert "Ring: money taken back." in chart.title.subtitle[1]
    assert "Ring" not in str(cp.charts.timeline(ARTICLE.total("CNY")).title.subtitle)
    two = cp.charts.timeline(REFUNDED.total("CNY"), largest=3)
    assert {row["fact5"] for row in rows(two, "amount")} == {"w", "paid", "back"}


def test_corrected_whole_is_as_long_as_it_counts() -> None:
    promise, contract = (pledge for pledge in REFUNDED if pledge.id in {"c", "w"})
    chart = cp.charts.parts(contract, REFUNDED)
    assert [(row["kind"], row["start"], row["end"]) for row in rows(chart, "kind")] == [
        ("whole", 0, 40e6),
        ("part", 0, 15e6),
        ("rest", 15e6, 40e6),
    ]
    assert facts(chart)[0][1:3] == ["CN¥40,000,000", "50 million yuan"]
    given = cp.charts.parts(promise, REFUNDED)
    drawn = [(row["kind"], row["start"], row["end"]) for row in rows(given, "kind")]
    assert drawn[2:] == [("part", 80e6, 50e6), ("rest", 50e6, 100e6)]
    assert [row["end"] for row in rows(given, "label")[-4:]] == [100e6, 80e6, 80e6, 100e6]


def test_whole_that_corrections_leave_nothing_of_is_not_drawn_beside_others() -> None:
    gone = REFUNDED.extend(acme("all", "-40 million CNY", part_of="c", stage="commitment"))
    kinds = [row["kind"] for row in rows(cp.charts.parts(gone), "kind")]
    assert kinds == ["whole", "part", "part", "rest"]


def test_many_groups_are_the_largest_and_the_others_together() -> None:
    totals = numbered(200).totals("CNY", by="company")
    told = facts(cp.charts.bar(totals))
    assert len(told) == 21
    assert told[0][:2] == ["Company 200", "CN¥200,000,000.00"]
    assert told[-1][:2] == [
        "180 others",
        f"CN¥{sum(range(1, 181))},000,000.00".replace("16290", "16,290"),
    ]


def test_many_years_are_the_largest_in_their_order_and_the_others_together() -> None:
    pledges = [
        cp.Pledge(id=f"in-{year}", company="acme", amount=f"{amount} million CNY", announced=year)
        for year, amount in [("2011", 1), ("2012", 5), ("2013", 2), ("2014", 7)]
    ]
    totals = (
        cp.Dataset().extend(cp.Company(id="acme", name="Acme"), *pledges).totals("CNY", by="year")
    )
    bars = facts(cp.charts.bar(totals, largest=2))
    assert [bar[0] for bar in bars] == ["2012", "2014", "2 others"]


def test_one_group_too_many_keeps_its_name() -> None:
    told = facts(cp.charts.bar(numbered(21).totals("CNY", by="company")))
    assert told[-1][0] == "Company 1"
    assert len(facts(cp.charts.bar(numbered(22).totals("CNY", by="company"), largest=22))) == 22


def test_timeline_has_what_counts_of_each_pledge() -> None:
    total = ARTICLE.total("USD")
    counted = [item for item in total.items if item.converted]
    told = {one[-1]: one for one in facts(cp.charts.timeline(total))}
    assert {*told} == {item.pledge.id for item in counted}
    for item in counted:
        exact = cp.Money.rounded(item.converted, "USD").format("en")
        assert told[item.pledge.id][1] == exact
        assert told[item.pledge.id][2] == cp.format_amount(item.pledge, "en")


def test_timeline_shows_when_money_is_announced_and_spent() -> None:
    chart = cp.charts.timeline(ARTICLE.total("CNY"))
    times = {(row["fact5"], row["start"], row["end"]) for row in rows(chart, "start")}
    assert ("alibaba-ten-actions", "2021-09-02", "2021-09-02") in times  # the circle
    assert ("alibaba-ten-actions", "2021-09-02", "2024-12-31") in times  # to be spent
    assert ("giving-day-2021-public", "2021-01-01", "2021-12-31") in times  # some time in 2021


def test_timeline_of_many_has_the_largest_in_the_order_of_their_announcement() -> None:
    early = cp.Pledge(id="early", company="c1", amount="1 billion CNY", announced="2019-05-01")
    chart = cp.charts.timeline(numbered(30).extend(early).total("CNY"), largest=3)
    assert [one[-1] for one in facts(chart)] == ["early", "p29", "p30"]
    assert chart.title.subtitle[-1] == "The 3 largest of 31."


def test_parts_and_what_they_leave_over_make_the_whole() -> None:
    dataset = with_acme(
        acme("whole", "2 billion USD"),
        acme("part", "0.5 billion USD", part_of="whole"),
        acme("euros", "0.2 billion EUR", part_of="whole", equivalents=["0.25 billion USD"]),
    )
    whole = dataset["whole"]
    assert isinstance(whole, cp.Pledge)
    told = facts(cp.charts.parts(whole, dataset))
    assert [one[1] for one in told] == [
        "$2,000,000,000", "$500,000,000", "$250,000,000", "$1,250,000,000",
    ]  # fmt: skip
    left = next(item for item in dataset.total("USD").items if item.pledge.id == "whole").counted
    assert told[-1][1] == left.format("en")
    assert told[-1][0] == "Left over: in none of the known parts"
    assert told[2][2:] == ["200 million euros", "2021-09-15", "euros"]


def test_wholes_are_beside_an_axis_of_shares() -> None:
    ends = [(row["start"], row["end"]) for row in rows(cp.charts.parts(ARTICLE), "kind")]
    assert [pair for pair in ends if pair == (0.0, 1.0)] == [(0.0, 1.0)] * 2
    assert (0.5, 1.0) in ends


def test_pledge_without_its_dataset_does_not_know_its_parts() -> None:
    whole = ARTICLE["tencent-100-billion"]
    assert isinstance(whole, cp.Pledge)
    with pytest.raises(RecordError, match=r"write parts\(pledge, dataset\)"):
        cp.charts.parts(whole)


def test_pipeline_is_the_progress() -> None:
    progress = ARTICLE.progress()
    steps = (
        progress.pledged, progress.committed, progress.disbursed, progress.outstanding,
        progress.unknown,
    )  # fmt: skip
    told = [one[1] for one in facts(cp.charts.pipeline(progress))]
    assert told == [money.format("en") for money in steps if money]
    assert told[0] == "CN¥214,169,000,000.00"


def test_a_pipeline_says_what_was_promised_in_all_also_where_the_total_is_another() -> None:
    dataset = with_acme(
        acme("promise", "100 CNY", "2021-09-02"),
        acme("paid", "100 CNY", "2023-09-01", part_of="promise", stage="disbursement"),
    )
    progress = dataset.progress(to="USD")
    assert progress.pledged != dataset.total("USD").amount
    said = " ".join(cp.charts.pipeline(progress).title.subtitle)
    assert said == (
        f"{progress.pledged.format('en', 'compact')} in all; amounts in USD, each promise, and "
        "all that is part of it, at the rate of the promise's date (ECB)."
    )


def test_steps_that_are_not_known_say_so() -> None:
    told = facts(cp.charts.pipeline(with_acme(acme("a", "1 CNY")).progress()))
    assert [one[1] for one in told] == [
        "CN¥1.00", "not known", "not known", "not known", "CN¥1.00",
    ]  # fmt: skip


# What could embarrass


def test_nothing_is_a_chart_that_says_so() -> None:
    for name, chart in charts(cp.Dataset()).items():
        (row,) = rows(chart, "sentence")
        assert row["sentence"].startswith("Nothing to show: "), name
        assert chart.to_dict()


@pytest.mark.parametrize("locale", ["en", "zh_CN"])
def test_nothing_at_all_is_promised_of_a_withdrawal(locale: str) -> None:
    withdrawn = with_acme(acme("a", "0 CNY"))
    for chart in charts(withdrawn, locale=locale).values():
        assert chart_is_drawn(chart)
    row = rows(cp.charts.bar(withdrawn.totals("CNY", by="company"), locale=locale), "label")[0]
    assert row["label"] == {"en": "CN¥0 (0.0%)", "zh_CN": "0元 (0.0%)"}[locale]


@pytest.mark.parametrize("amount", ["0.01 CNY", "1E+59 CNY", "7 JPY", "1 KWD"])
def test_smallest_and_largest_amounts_are_drawn(amount: str) -> None:
    dataset = with_acme(acme("a", amount), acme("b", amount, part_of="a"))
    for chart in charts(dataset, amount[-3:]).values():
        assert chart_is_drawn(chart)


def chart_is_drawn(chart: Any) -> bool:
    drawing = svg_of(chart)
    return "<text" in drawing and "NaN" not in drawing


def test_names_of_strangers_are_only_ever_data() -> None:
    hostile = cp.Dataset().extend(
        cp.Source(id="s", title=HOSTILE, publisher=HOSTILE),
        cp.Company(id="c", name=HOSTILE, name_zh=HOSTILE),
        cp.Initiative(id="i", company="c", name=HOSTILE),
        cp.Pledge(id="p", company="c", initiative="i", amount="2 CNY", announced="2021-05",
                  funder=HOSTILE, source="s", spend="2022"),
        cp.Pledge(id="q", company="c", initiative="i", amount="1 CNY", announced="2021-05",
                  part_of="p"),
    )  # fmt: skip
    drawn = [
        *charts(hostile).values(),
        cp.charts.bar(hostile.totals("CNY", by=("funder", "company"))),
    ]
    for chart in drawn:
        compiled = convert.vegalite_to_vega(chart.to_dict())
        for data in compiled["data"]:
            data.pop("values", None)
        assert "alert" not in json.dumps(compiled)
        assert "&lt;img" in (drawing := svg_of(chart))
        assert "<img" not in drawing
        assert "</script><script>" not in chart.to_html().replace("\\", "")


def test_provider_of_rates_does_not_end_a_pages_script() -> None:
    rates = cp.rates.fixed({"USD/CNY": "6.5"}, provider="</script><script>alert(1)")
    chart = cp.charts.timeline(with_acme(acme("a", "1 USD")).total("CNY", rates=rates))
    assert "</script><script>" not in chart.to_html()
    assert "‹/script>‹script>alert(1)" in chart.title.subtitle[0]


def test_long_names_are_cut_by_the_chart_and_whole_beside_the_pointer() -> None:
    dataset = with_acme(acme("a", "1 CNY"), name="字" * 80)
    chart = cp.charts.bar(dataset.totals("CNY", by="company"))
    assert facts(chart)[0][0] == "字" * 80
    assert "字" * 80 not in re.sub(r'aria-label="[^"]*"', "", svg_of(chart))


def test_charts_ask_nothing_of_the_network() -> None:
    for chart in charts(ARTICLE, "USD").values():
        spec = chart.to_dict()
        del spec["$schema"]
        assert not [text for text in strings(spec) if text in {"url", "href", "image", "lookup"}]
        assert not [text for text in strings(spec) if "://" in text]


def test_charts_are_written_as_png_and_svg(tmp_path: Path) -> None:
    for name, chart in charts(ARTICLE).items():
        chart.save(tmp_path / f"{name}.png")
        chart.save(tmp_path / f"{name}.svg")
        assert (tmp_path / f"{name}.png").read_bytes().startswith(b"\x89PNG")
        assert (tmp_path / f"{name}.svg").read_text("utf-8").startswith("<svg")


def test_charts_are_altairs_and_can_be_changed_and_combined() -> None:
    bar, timeline = (charts(ARTICLE)[name] for name in ("bar", "timeline"))
    assert isinstance(bar, altair.LayerChart)
    assert bar.properties(width=300).to_dict()["width"] == 300
    both = bar & timeline
    assert {bar.title.text, timeline.title.text} <= {*drawn_texts(both)}


def test_charts_that_are_combined_keep_their_colours() -> None:
    parts, pipeline = (charts(ARTICLE)[name] for name in ("parts", "pipeline"))
    together = filled(parts & pipeline)
    assert together == filled(parts) | filled(pipeline)
    assert {look.SKY, look.BLUE, look.VERMILION, look.REST} <= together


def filled(chart: Any) -> set[str]:
    return set(re.findall(r'fill="(#[0-9A-Fa-f]{6})"', svg_of(chart)))


def test_legend_names_what_there_is_in_the_locales_language() -> None:
    texts = drawn_texts(cp.charts.bar(ARTICLE.totals("CNY", by="company"), locale="zh_CN"))
    assert {"已承诺", "已拨付"} <= {*texts}
    assert "已立约" not in texts


def test_same_dataset_is_the_same_chart_in_every_process() -> None:
    code = (
        "import json, sys; sys.path.insert(0, 'tests'); import test_charts as t; "
        "print(json.dumps({k: c.to_dict() for k, c in t.charts(t.ARTICLE, 'USD').items()}))"
    )

    environment = {**os.environ, "PYTHONHASHSEED": "1"}
    there = subprocess.check_output([sys.executable, "-c", code], cwd=ROOT, env=environment)
    for _ in range(2):
        here = {name: chart.to_dict() for name, chart in charts(ARTICLE, "USD").items()}
        assert json.loads(there) == json.loads(json.dumps(here))


def test_missing_altair_is_an_error_that_names_the_command(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "altair", None)
    with pytest.raises(MissingExtraError, match=r'pip install "commonprosperity\[charts\]"'):
        cp.charts.pipeline(ARTICLE.progress())


def seen_without_green(colour: str) -> tuple[float, ...]:
    """Return the CIELAB colour that a deuteranope sees (Machado, Oliveira and Fernandes, 2009)."""
    red, green, blue = (
        ((c / 255 + 0.055) / 1.055) ** 2.4 if c > 10 else c / 255 / 12.92
        for c in bytes.fromhex(colour[1:])
    )
    r = 0.367322 * red + 0.860646 * green - 0.227968 * blue
    g = 0.280085 * red + 0.672501 * green + 0.047413 * blue
    b = -0.011820 * red + 0.042940 * green + 0.968881 * blue
    x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505
    y = 0.2126 * r + 0.7152 * g + 0.0722 * b
    z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089
    fx, fy, fz = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


# The colours


@pytest.mark.parametrize(
    "pair", [*combinations((look.SKY, look.BLUE, look.VERMILION, look.REST), 2)]
)
def test_colours_differ_for_those_who_do_not_see_green(pair: tuple[str, str]) -> None:
    one, other = map(seen_without_green, pair)
    distance = sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5
    assert distance > 20  # 2 is just noticeable side by side


SIZES = st.fractions(min_value=Fraction(1, 10**30), max_value=10**70)


# The axis


@given(st.just(Fraction(0)) | SIZES, st.just(Fraction(0)) | SIZES)
def test_axis_has_a_few_round_numbers_from_the_least_to_the_most(
    below: Fraction, most: Fraction
) -> None:
    numbers = round_numbers(-below, most)
    assert 0 in numbers
    if not below + most:
        assert numbers == [Decimal(0)]
        return
    assert 2 <= len(numbers) <= 6
    assert len(numbers) >= 3 or (below and most)
    steps = {b - a for a, b in pairwise(numbers)}
    assert len(steps) == 1
    (step,) = steps
    assert step.normalize().as_tuple().digits in {(1,), (2,), (5,)}
    assert 0 <= most - Fraction(numbers[-1]) < Fraction(step)
    assert 0 <= below + Fraction(numbers[0]) < Fraction(step)


def test_published_picture_is_what_the_code_draws() -> None:
    """Its texts and bars, that is; where the legend stands depends on the fonts at hand."""
    published = (ROOT / "docs" / "totals.svg").read_text("utf-8")
    drawn = svg_of(cp.charts.bar(ARTICLE.totals("CNY", by="company")))
    for pattern in (r">([^<>]+)</text>", r'fill="#[0-9A-F]{6}"', r'description[^>]*d="([^"]+)"'):
        assert re.findall(pattern, published) == re.findall(pattern, drawn)


def test_whole_of_nothing_is_not_drawn_beside_others() -> None:
    spoilt = with_acme(
        acme("w", "0 CNY"),
        acme("w1", "1 billion CNY", part_of="w"),
        acme("v", "2 billion CNY"),
        acme("v1", "1 billion CNY", part_of="v"),
    )
    ends = [
        row["end"] for row in rows(cp.charts.parts(spoilt.where(company="acme")), "end", "kind")
    ]
    assert max(ends) == 2e9


def test_what_is_left_over_ends_where_the_whole_does() -> None:
    nested = with_acme(
        acme("w", "10 billion CNY"),
        acme("m", "2 billion CNY", part_of="w"),
        acme("n", "3 billion CNY", part_of="m"),
    )
    whole = nested.where(id="w").pledges[0]
    drawn = rows(cp.charts.parts(whole, nested), "start", "end", "kind")
    rests = [(row["start"], row["end"]) for row in drawn if row["kind"] == "rest"]
    assert rests == [(3e9, 10e9)]


@pytest.mark.parametrize("largest", [0, -1])
def test_less_than_one_is_not_drawn(largest: int) -> None:
    with pytest.raises(cp.errors.RecordError, match="draws nothing; give 1 or more"):
        cp.charts.timeline(cp.load().total("CNY"), largest=largest)
    with pytest.raises(cp.errors.RecordError, match="draws nothing; give 1 or more"):
        cp.charts.bar(cp.load().totals("CNY", by="company"), largest=largest)


def test_time_without_an_end_is_drawn_to_the_last_year() -> None:
    endless = with_acme(acme("a", "1 CNY", "0001", spend="2021/9999"))
    assert cp.charts.timeline(endless.total("CNY")).to_dict()
