"""The facts of a bar or a circle, which stand beside the pointer, and in a notebook's table."""

from collections.abc import Mapping, Sequence
from typing import Any

from commonprosperity.extras import needed


def fact_fields(facts: Sequence[str]) -> dict[str, str]:
    """Return the facts of a row as its fields ``fact0``, ``fact1`` and so on."""
    return {f"fact{at}": fact for at, fact in enumerate(facts)}


def tooltips(titles: Sequence[str]) -> list[Any]:
    """Show the facts of a row beside the pointer, under their titles."""
    alt = needed("altair", extra="charts")
    return [alt.Tooltip(f"fact{at}:N", title=title) for at, title in enumerate(titles)]


def facts_by_row(layer: Mapping[str, Any]) -> dict[int, dict[str, str]]:
    """Return the facts of each row in the specification of a layer, by their titles.

    A layer that the user has added has no facts.
    """
    tooltip = layer.get("encoding", {}).get("tooltip")
    fields = tooltip if isinstance(tooltip, list) else []
    titles = {fact["field"]: fact["title"] for fact in fields if {"field", "title"} <= fact.keys()}
    return {
        row["row"]: {title: row[field] for field, title in titles.items()}
        for row in layer.get("data", {}).get("values", ())
        if "fact0" in titles.keys() & row.keys()
    }
