"""An empty workbook to fill in: a flat table of pledges, and a sheet that explains its columns."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from commonprosperity.files.workbook.drawing import Drawing, Value
from commonprosperity.files.workbook.names import explanation, language_of, sheet_name
from commonprosperity.flat import COLUMNS, REQUIRED_COLUMNS, heading_in
from commonprosperity.messages import in_language
from commonprosperity.sentence import Say

_NOTES = ("heading", "needed", "meaning")


def template(locale: str = "en") -> bytes:
    """Make an .xlsx to fill in, with two rows for examples.

    It reads back as a flat table. ``locale`` is that of who fills it in: its headings, examples and
    explanations are English or Chinese. Raises `LocaleError` for an unknown locale.
    """
    say, language = in_language(locale), language_of(locale)
    headings = {column: heading_in(language, column) for column in COLUMNS}
    drawing = Drawing()
    drawing.sheet(sheet_name("pledges", language), headings, [*_examples(say)])
    notes: list[dict[str, Value]] = [
        {"heading": headings[column], "needed": _needed(column, say), "meaning": meaning}
        for column, meaning in _meanings(say)
    ]
    titles = (say("Column"), say("Needed"), say("Meaning"))
    drawing.sheet(explanation(language), dict(zip(_NOTES, titles, strict=True)), notes)
    return drawing.content()


def _needed(column: str, say: Say) -> str:
    return say("yes") if column in REQUIRED_COLUMNS else ""


def _examples(say: Say) -> Iterator[dict[str, Value]]:
    note = say("An example: write over it, or delete the row")
    source, url = say("Example Daily"), "https://example.org/a"
    yield {
        "company": say("Example Company"), "initiative": say("Example Fund"),
        "amount": Decimal(2_000_000), "currency": "CNY", "qualifier": "up_to", "stage": "pledge",
        "instrument": "cash", "announced": date(2021, 9, 15), "recipient": say("A school"),
        "source": source, "url": url, "note": note,
    }  # fmt: skip
    yield {
        "company": say("Another Company"), "amount": say("about 1.5 billion yuan"),
        "stage": "disbursement", "announced": "2021-Q3", "source": source, "url": url, "note": note,
    }  # fmt: skip


def _meanings(say: Say) -> Iterator[tuple[str, str]]:
    """Yield each column with what it means."""
    yield "id", say("A name of the row's own, where another row links to it: acme-1")
    yield "company", say("Who promises or gives the money, by name")
    yield "initiative", say("The programme, fund or campaign that it belongs to, by name")
    yield "amount", say("A number with its currency beside it, or words: about 1.5 billion yuan")
    yield "currency", say("The currency's code of three letters: CNY, USD, EUR")
    yield "high", say("The upper end, where the amount is a range")
    yield "qualifier", say("How firm the amount is: exact, about, at_least or up_to")
    yield "stage", say("pledge (promised), commitment (in writing) or disbursement (given)")
    yield "instrument", say("What is given: cash, shares, loan or in_kind")
    yield "announced", say("When: a date, 2021-09, 2021-Q3, 2021 or 2021-09-02/2024-12-31")
    yield "value_date", say("The date whose exchange rate holds, where it is another one")
    yield "spend", say("When the money is to be spent, written as a date")
    yield "funder", say("Who pays, where it is not the company itself: a founder, the public")
    yield "recipient", say("Who gets it")
    yield "part_of", say("The id of the row whose money this is a part of")
    yield "supersedes", say("The id of the row that this is a later version of")
    yield "restates", say("The id of the row that this tells again, from another source")
    yield "equivalents", say("The source's figures in other currencies, with ; between them")
    yield "source", say("Where it is said: the title of an article or a report")
    yield "url", say("The web address of the source")
    yield "locator", say("Where in the source: a page, a paragraph")
    yield "note", say("Anything else, in your own words")
    yield "funder_zh", say("Who pays, in Chinese")
    yield "recipient_zh", say("Who gets it, in Chinese")
    yield "locator_zh", say("Where in the source, in Chinese")
    yield "note_zh", say("Anything else, in Chinese")
