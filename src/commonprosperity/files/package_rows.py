"""A record in the cells of a row, and back: lists in JSON, an amount beside its currency."""

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import attrs

from commonprosperity.book import FAULTS_AT_MOST
from commonprosperity.errors import CellError, CommonProsperityError, Fault
from commonprosperity.files.intake import Intake
from commonprosperity.files.parsed import KeyTrackingDict
from commonprosperity.files.table_schema import class_of_field
from commonprosperity.flat import Row, amount_text, has_two_readings
from commonprosperity.money import Money
from commonprosperity.quoting import brief, label
from commonprosperity.records import Figure, Pledge, Record
from commonprosperity.sentence import Sentence
from commonprosperity.tags import Tags
from commonprosperity.wording import currency_codes, is_plain
from commonprosperity.wording.thousands import number_text

_BOOLEANS = dict.fromkeys(("true", "True", "TRUE", "1"), True) | dict.fromkeys(
    ("false", "False", "FALSE", "0"), False
)
"""The words for true and false in a Table Schema, and as spreadsheets write them."""


class RowRecords:
    """The plain records that rows stand for, by kind and id, with their places and faults.

    >>> from commonprosperity.records import Company
    >>> records = RowRecords()
    >>> records.take(Company, [Row(2, {"id": "acme", "name": "Acme"})], Intake("mine.csv"))
    >>> records.tables, records.places
    ({'company': {'acme': {'name': 'Acme'}}}, {'acme': 'mine.csv:2'})
    """

    def __init__(self) -> None:
        self.tables: dict[str, dict[str, Any]] = {}
        self.places: dict[str, str] = {}
        self.faults: list[Fault] = []

    def take(self, kind: type[Record], rows: Iterable[Row], intake: Intake) -> None:
        """Take the rows of one kind, up to the thousandth fault."""
        table = self.tables.setdefault(kind.__name__.lower(), {})
        for row in rows:
            id_, place = row.cells.get("id", ""), intake.place(row.number)
            self.places.setdefault(id_, place)
            if not id_ or id_ in table:
                problem = Sentence("two rows have it") if id_ else Sentence("is missing")
                self.faults.append(Fault(id_, "id", problem, place))
            else:
                table[id_], wrong = content_of(kind, row.cells)
                self.faults += (
                    Fault(id_, field, problem, place) for field, problem in row.problems.items()
                )
                self.faults += (fault._replace(place=place) for fault in wrong)
            if len(self.faults) >= FAULTS_AT_MOST:
                break


def cells_of(record: Record, content: Mapping[str, Any]) -> dict[str, str]:
    """Return a record's cells, given its plain content; amounts keep the precision they have.

    >>> from commonprosperity.records import Company
    >>> cells_of(Company(id="acme", name="Acme"), {"name": "Acme"})
    {'id': 'acme', 'name': 'Acme'}
    """
    cells = {
        name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        for name, value in content.items()
    }
    if isinstance(record, Figure):
        cells["value"] = number_text(record.value)
    if isinstance(record, Pledge):
        cells |= _amount_cells(record)
        # Readers of the file need not know our defaults.
        cells |= {name: str(getattr(record, name)) for name in ("qualifier", "stage", "value_date")}
    return {"id": record.id, **cells}


def _amount_cells(pledge: Pledge) -> dict[str, str]:
    cells = {"amount": number_text(pledge.amount.amount), "currency": pledge.amount.currency}
    if pledge.high is not None:
        cells["high"] = number_text(pledge.high.amount)
    if pledge.equivalents:
        cells["equivalents"] = json.dumps([*map(amount_text, pledge.equivalents)])
    return cells


def content_of(kind: type[Record], cells: Mapping[str, str]) -> tuple[dict[str, Any], list[Fault]]:
    """Return a record's plain content, and what is wrong with its cells.

    >>> content_of(Pledge, {"id": "acme-1", "amount": "1.50E+9", "currency": "CNY"})
    ({'amount': Money('1.50E+9', 'CNY')}, [])
    """
    content: dict[str, Any] = {}
    faults = []
    for field in attrs.fields(kind):
        if field.name in cells and field.name != "id":
            try:
                content[field.name] = _value(field, cells)
            except CommonProsperityError as error:
                faults.append(Fault(cells["id"], field.name, error.sentence))
    return content, faults


def _value(field: "attrs.Attribute[Any]", cells: Mapping[str, str]) -> Any:
    cell = cells[field.name]
    if class_of_field(field.type) is Money:
        if "currency" not in cells:
            raise CellError(Sentence("has no currency beside it; write its code, such as CNY"))
        return _money(cell, cells["currency"])
    if class_of_field(field.type) is Decimal and cells.get("unit") in currency_codes():
        return _money(cell, cells["unit"]).amount
    if class_of_field(field.type) is Tags:
        return _object(cell)
    if class_of_field(field.type) is bool:
        return _BOOLEANS.get(cell.strip(), cell)
    if class_of_field(field.type) is not tuple:
        return cell
    texts = _list(cell)
    if field.name == "equivalents":
        for text in filter(is_plain, texts):
            _refuse_two_readings(text, Money.parse(text))
    return texts


def _object(cell: str) -> dict[str, Any]:
    try:
        parsed = json.loads(cell, object_pairs_hook=KeyTrackingDict.of)
    except (ValueError, RecursionError):
        parsed = None
    if isinstance(parsed, KeyTrackingDict):
        for key in parsed.repeated_keys:
            raise CellError(
                Sentence("{key} is written twice; leave one of them out", key=label(key))
            )
        return parsed
    raise CellError(
        Sentence('{cell} is no object; write it in JSON: {{"country": "Kenya"}}', cell=brief(cell))
    )


def _money(cell: str, currency: str) -> Money:
    money = Money(cell, currency)
    _refuse_two_readings(cell, money)
    return money


def _refuse_two_readings(text: str, money: Money) -> None:
    """Raise `CellError` for 250.000 EUR, as no descriptor says what its point divides."""
    if has_two_readings(text, money):
        number, *code = text.split()
        numbers = number.replace(".", ""), f"{money.amount:E}"
        problem = Sentence(
            "{text} can be read in two ways, as its point may divide thousands or decimals; "
            "write {ways:or}",
            text=brief(text), ways=[" ".join((one, *code)) for one in numbers],
        )  # fmt: skip
        raise CellError(problem)


def _list(cell: str) -> list[str]:
    try:
        texts = json.loads(cell)
    except (ValueError, RecursionError):
        texts = None
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise CellError(
            Sentence('{cell} is no list; write it in JSON: ["one", "two"]', cell=brief(cell))
        )
    return texts
