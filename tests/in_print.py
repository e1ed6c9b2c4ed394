"""The table of amounts in print, and how a reading of one of them turned out."""

import csv
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from commonprosperity.errors import CommonProsperityError
from commonprosperity.money import parse_amount


class Row(NamedTuple):
    category: str
    text: str
    currency: str
    amount: str
    high: str
    qualifier: str
    refused: str


def rows() -> Iterator[Row]:
    path = Path(__file__).with_name("amounts.tsv")
    with path.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            row = Row(**line)
            # Unusual spaces stand in the file as escapes, since nobody could see them.
            text = re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), row.text)
            yield row._replace(text=text)


ROWS = tuple(rows())


def outcome(row: Row) -> str:
    """Return ``exact``, ``refused`` or ``wrong``: a refusal is right where one is due."""
    try:
        read = parse_amount(row.text)
    except CommonProsperityError:
        return "exact" if row.refused else "refused"
    if row.refused:
        return "wrong"
    high = None if read.high is None else read.high.amount
    meant = (Decimal(row.amount), row.currency, Decimal(row.high) if row.high else None)
    right = (read.money.amount, read.money.currency, high) == meant
    return "exact" if right and read.qualifier == row.qualifier else "wrong"
