"""Charts of a dataset, and what is in them."""

import re
from typing import Any

import pytest

import commonprosperity as cp

pytest.importorskip("altair", reason="the extra charts is not installed")
convert = pytest.importorskip("vl_convert", reason="the extra charts is not installed")
ARTICLE = cp.load()


def charts(dataset: cp.Dataset, to: str = "CNY", locale: str = "en") -> dict[str, Any]:
    """Draw a dataset in every way."""
    return {
        "bar": cp.charts.bar(dataset.totals(to, by="company"), locale=locale),
        "timeline": cp.charts.timeline(dataset.total(to), locale=locale),
        "parts": cp.charts.parts(dataset, locale=locale),
        "pipeline": cp.charts.pipeline(dataset.progress(to=to), locale=locale),
    }


def rows(chart: Any, *fields: str) -> list[dict[str, Any]]:
    """Return the rows of a chart's data that have some fields."""
    drawn = [row for layer in chart.to_dict()["layer"] for row in layer["data"]["values"]]
    return [row for row in drawn if {*fields} <= {*row}]


def facts(chart: Any, *fields: str) -> list[list[str]]:
    """Return what the pointer shows, row by row, from the first data with some fields."""
    found = {row["row"]: row for row in reversed(rows(chart, "fact0", *fields))}
    return [
        [row[f"fact{at}"] for at in range(9) if f"fact{at}" in row]
        for _, row in sorted(found.items())
    ]


def with_acme(*pledges: cp.Pledge, name: str = "Acme") -> cp.Dataset:
    return cp.Dataset().extend(cp.Company(id="acme", name=name, name_zh=name), *pledges)


def acme(id_: str, amount: str, announced: str = "2021-09-15", **more: Any) -> cp.Pledge:
    return cp.Pledge(id=id_, company="acme", amount=amount, announced=announced, **more)


def numbered(count: int) -> cp.Dataset:
    """Return a dataset of as many companies, each with a pledge as large as its number."""
    companies = [cp.Company(id=f"c{at}", name=f"Company {at}") for at in range(1, count + 1)]
    pledges = [
        cp.Pledge(id=f"p{at}", company=f"c{at}", amount=f"{at} million CNY", announced="2021")
        for at in range(1, count + 1)
    ]
    return cp.Dataset().extend(*companies, *pledges)


def svg_of(chart: Any) -> str:
    return str(convert.vegalite_to_svg(chart.to_dict()))


def drawn_texts(chart: Any) -> list[str]:
    return re.findall(r">([^<>]+)</text>", svg_of(chart))
