"""A table of amounts as English and Chinese reporting prints them: none may be read wrongly.

The readings in ``amounts.tsv`` were written by hand, without the grammar. A third of the strings was
met in print as it stands; the others are printed forms with figures of our own.
"""

from collections import Counter
from pathlib import Path

import pytest

from commonprosperity.errors import AmbiguousAmountError, AmountError
from commonprosperity.money import parse_amount
from in_print import ROWS, Row, outcome
from readings import counts

# What is not read, although it could be: a bare pound is also that of Egypt, and a weight.
NOT_READ = {row.text for row in ROWS if not row.refused and "pounds" in row.text} - {
    row.text for row in ROWS if "sterling" in row.text.lower()
}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.text)
def test_an_amount_in_print_is_read_as_it_is_meant_or_refused(row: Row) -> None:
    if row.refused or row.text in NOT_READ:
        with pytest.raises(AmountError) as error:
            parse_amount(row.text)
        assert isinstance(error.value, AmbiguousAmountError) is (row.refused != "not-one")
        return
    read = parse_amount(row.text)
    assert (str(read.money.amount), read.money.currency) == (row.amount, row.currency)
    assert (str(read.high.amount) if read.high else "") == row.high
    assert read.qualifier == row.qualifier


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row.refused == "ambiguous"], ids=lambda row: row.text
)
def test_an_ambiguous_amount_says_the_number_it_read(row: Row) -> None:
    with pytest.raises(AmbiguousAmountError) as error:
        parse_amount(row.text)
    assert str(error.value.amount) == row.amount
    assert len(error.value.candidates) != 1


def test_the_table_is_large_and_of_both_languages() -> None:
    assert len(ROWS) >= 600
    assert len({row.text for row in ROWS}) == len(ROWS)
    chinese = sum(any(c >= "\u2e80" for c in row.text) for row in ROWS)
    assert chinese >= 250
    assert len(ROWS) - chinese >= 250
    assert min(Counter(row.category for row in ROWS).values()) >= 20


def test_no_amount_is_read_wrongly() -> None:
    counts = Counter(outcome(row) for row in ROWS)
    assert counts["wrong"] == 0
    assert counts["refused"] == len(NOT_READ)


def test_the_report_in_the_docs_is_what_is_reached() -> None:
    page = Path(__file__).parents[1].joinpath("docs", "amounts.md").read_text(encoding="utf-8")
    for category, own in counts(outcome).items():
        assert f"| {' | '.join([category, *map(str, own)])} | " in page
