"""Mends the links of somebody's table: to rows that it lacks, and in other currencies."""

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import NamedTuple

from commonprosperity.flat import Row
from commonprosperity.layout.layout import Layout
from commonprosperity.quoting import label, listed
from commonprosperity.sentence import Sentence

_LINKS = ("part_of", "supersedes", "restates")


class MendedRows(NamedTuple):
    """Rows whose links are mended, the wholes that no row has, and how many others changed."""

    rows: list[Row]
    outer_wholes: list[str]
    revalued: int


def with_links_mended(
    layout: Layout, rows: Sequence[Row], divided: Mapping[str, Sequence[str]]
) -> MendedRows:
    """Mend the links of rows, as a layout asks for it.

    ``divided`` has the ids of the records of each row that has several amounts.
    """
    outer_wholes: list[str] = []
    revalued = 0
    mended = [*rows]
    ids = {row.cells["id"] for row in rows if "id" in row.cells}
    if divided:
        mended = [_without_doubtful_links(row, ids, divided) for row in mended]
    if layout.extract:
        mended, outer_wholes = without_outer_wholes(mended, ids)
    if {"part_of", "equivalents"} <= {*layout.columns}:
        mended, revalued = in_currencies_of_parts(mended)
    return MendedRows(mended, outer_wholes, revalued)


def _without_doubtful_links(
    row: Row, ids: Container[str], divided: Mapping[str, Sequence[str]]
) -> Row:
    """Refuse the links to a row of several amounts, as each of these has an id of its own."""
    cells, problems = {**row.cells}, {**row.problems}
    for link in _LINKS:
        end = cells.get(link, "")
        if end in divided and end not in ids:
            problems[link] = Sentence(
                "{end} is a row of several amounts, each a record of its own; write the id of the "
                "one that is meant ({ids:say}), or give it in values.{link}",
                end=label(end), ids=listed(divided[end]), link=link,
            )  # fmt: skip
            del cells[link]
    return row._replace(cells=cells, problems=problems)


def without_outer_wholes(rows: Sequence[Row], ids: Container[str]) -> tuple[list[Row], list[str]]:
    """Drop the links to wholes that are not among ids; return the rows, and those wholes.

    >>> rows, outer = without_outer_wholes([Row(1, {"id": "a", "part_of": "x"})], {"a"})
    >>> rows[0].cells, outer
    ({'id': 'a'}, ['x'])
    """
    wholes = [row.cells["part_of"] for row in rows if "part_of" in row.cells]
    kept = [row if row.cells.get("part_of") in ids else _without_whole(row) for row in rows]
    return kept, [whole for whole in wholes if whole not in ids]


def _without_whole(row: Row) -> Row:
    if "part_of" not in row.cells:
        return row
    return row._replace(cells={name: each for name, each in row.cells.items() if name != "part_of"})


def in_currencies_of_parts(rows: Sequence[Row]) -> tuple[list[Row], int]:
    """Count a whole in a currency that all its parts have, if they do not all have its own.

    Return the rows, and how many wholes changed. A part has the currencies of its amount and of
    its equivalents. A whole of 600 CNY, with an equivalent of 100 USD, that holds a part of 50 USD
    becomes one of 100 USD, with an equivalent of 600 CNY.
    """
    parts: dict[str, list[Row]] = {}
    for row in rows:
        if "part_of" in row.cells:
            parts.setdefault(row.cells["part_of"], []).append(row)
    counted = [_in_currency_of(row, [*_inside(row, parts)]) for row in rows]
    return counted, sum(new is not row for new, row in zip(counted, rows, strict=True))


def _inside(whole: Row, parts: Mapping[str, Sequence[Row]]) -> Iterator[Row]:
    """Yield the rows inside one, at any depth."""
    ids = [whole.cells["id"]] if "id" in whole.cells else []
    met = {*ids}
    for id_ in ids:
        for part in parts.get(id_, ()):
            yield part
            inner = part.cells.get("id", id_)
            if inner not in met:
                met.add(inner)
                ids.append(inner)


def _in_currency_of(whole: Row, parts: Sequence[Row]) -> Row:
    cells = whole.cells
    if not parts or "high" in cells or "currency" not in cells:
        return whole
    shared = set.intersection(*map(_currencies, parts))
    if cells["currency"] in shared:
        return whole
    equivalents = _equivalents(whole)
    number = next((each for each in equivalents if each.rpartition(" ")[2] in shared), None)
    if number is None:
        return whole
    amount, _, currency = number.rpartition(" ")
    own = f"{cells['amount']} {cells['currency']}"
    others = [own, *(each for each in equivalents if each != number)]
    changed = {"amount": amount, "currency": currency, "equivalents": "; ".join(others)}
    return whole._replace(cells={**cells, **changed})


def _currencies(row: Row) -> set[str]:
    own = [row.cells["currency"]] if "currency" in row.cells else []
    return {*own, *(each.rpartition(" ")[2] for each in _equivalents(row))}


def _equivalents(row: Row) -> list[str]:
    return [each for each in row.cells.get("equivalents", "").split("; ") if each]
