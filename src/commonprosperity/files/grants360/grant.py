"""``Grant``: a grant of 360Giving as cells of our own table."""

import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping
from enum import Enum, auto
from typing import Any

import attrs

from commonprosperity.errors import CellError, PeriodError
from commonprosperity.files.grants360 import terms
from commonprosperity.files.grants360.cells import Cells, amount, each_of, objects, text
from commonprosperity.layout import own_id
from commonprosperity.patterns import pattern
from commonprosperity.period import Period, has_one_meaning
from commonprosperity.tags import tag_field

DATES = "d/m/y"
"""How dates are read that are not in ISO 8601: publishers in Britain write the day first."""

_TIME_OF_DAY = pattern(r"(?<=[0-9])[T ][0-9:.]{4,}(Z|[+-][0-9:]+)?\Z")
_URL = pattern(r"https?://\S+", re.IGNORECASE)


_OF_AWARD = (
    "company", "recipient", "initiative", "currency", "source", "url",
    *map(tag_field, (terms.FUNDER, *terms.TAGS)),
)  # fmt: skip
"""The cells that a payment has of its award."""


class Remark(Enum):
    """What may be read in several ways and is read in one, or what is left out."""

    DAY_FIRST = auto()
    FUNDERS = auto()
    UNDATED = auto()
    PLANNED = auto()
    BELOW_ZERO = auto()


@attrs.frozen
class Grant:
    """A grant: its award, a commitment, and what is paid of it, as parts of that.

    ``source`` has the cells of the package's source. ``own_ids`` are those that only one payment of
    the package has, and no grant. ``remarks`` counts what was remarks.

    >>> content = {
    ...     "id": "360G-ex/1", "title": "Books", "currency": "GBP", "amountAwarded": 5000,
    ...     "awardDate": "05/06/2014", "fundingOrganization": [{"name": "Example Trust"}],
    ...     "disbursementTransaction": [{"value": 2000, "transactionDate": "2014-07-01"}],
    ... }
    >>> award, payment = Grant(content, {}, (), 100, Counter()).records()
    >>> award.filled["id"], award.filled["announced"], payment.filled["part_of"]
    ('360G-ex-1', '2014-06-05', '360G-ex-1')
    """

    content: Mapping[str, Any]
    source: Mapping[str, str]
    own_ids: Container[str | None]
    cell_at_most: int
    remarks: Counter[Remark]

    def records(self) -> Iterator[Cells]:
        """Yield the cells of the award, and those of each payment."""
        award = self._award()
        payments = [*self._payments(award)] if "id" in award.filled else []
        yield award
        if award.filled.get("amount", "").startswith("-"):
            # A correction has no parts, and says already what came back.
            self.remarks[Remark.BELOW_ZERO] += len(payments)
        else:
            yield from payments

    def _award(self) -> Cells:
        award = self._cells(self.content)
        award.filled.update({"stage": "commitment", **self._source()})
        award.take("id", "id", lambda value: own_id(text(value)))
        award.take("amount", "amountAwarded", amount)
        award.take("currency", "currency")
        award.take("announced", "awardDate", self._day)
        award.take("locator", "url")
        award.take("company", "fundingOrganization", self._funder)
        award.take_each("recipient", "recipientOrganization", "name")
        award.take_each("recipient", "recipientIndividual", "name")
        award.take_each("initiative", "grantProgramme", "title")
        award.need(terms.REQUIRED)
        self._take_tags(award)
        self._take_spend(award)
        self._take_note(award)
        return award

    def _cells(self, content: Mapping[str, Any]) -> Cells:
        return Cells(content, self.cell_at_most)

    def _source(self) -> Mapping[str, str]:
        """Return the cells of the source: the package's, at the address that the grant gives."""
        url = web_address(self.content.get("dataSource"))
        return {"source": url, **self.source, "url": url} if url else self.source

    def _funder(self, value: Any) -> str:
        """Take the first of several funders, as nobody says how much each of them gives."""
        names = [*each_of(value, "name")]
        self.remarks[Remark.FUNDERS] += len(names) > 1
        return text(names[0]) if names else ""

    def _day(self, value: Any) -> str:
        """Take a date; the time of day is never significant in 360Giving."""
        day = _TIME_OF_DAY.sub("", text(value).strip())
        period = Period.parse(day, dates=DATES)
        self.remarks[Remark.DAY_FIRST] += not has_one_meaning(day)
        return str(period)

    def _take_tags(self, award: Cells) -> None:
        """Keep what a pledge has no field for."""
        for tag, (key, inner) in terms.TAGS.items():
            award.take_each(tag_field(tag), key, inner)
        award.take(tag_field(terms.FUNDER), "fundingOrganization", _first_id)
        award.take(tag_field(terms.REGRANT), "regrantType")
        id_ = self.content.get("id")
        if isinstance(id_, str) and id_ != award.filled.get("id", id_):
            award.take(tag_field(terms.IDENTIFIER), "id")

    def _take_spend(self, award: Cells) -> None:
        """Take the planned dates of what is funded, where the first and the last are there."""
        planned = self.content.get("plannedDates")
        first = planned[0] if isinstance(planned, list) and planned else planned
        dates = self._cells(first if isinstance(first, Mapping) else {})
        dates.take("start", "startDate", self._day)
        dates.take("end", "endDate", self._day)
        if dates.filled.keys() == {"start", "end"}:
            span = f"{dates.filled['start']}/{dates.filled['end']}"
            try:
                award.filled["spend"] = str(Period.parse(span))
            except PeriodError as error:
                dates.problems["end"] = error.sentence
        self.remarks[Remark.PLANNED] += bool(dates.problems)

    def _take_note(self, award: Cells) -> None:
        """Take the title and the description, and whether the money is to be granted on."""
        award.take("note", "title")
        award.take("description", "description")
        title, description = (award.filled.pop(each, "") for each in ("note", "description"))
        note = terms.note_of(title, description, award.filled.get(tag_field(terms.REGRANT), ""))
        if note:
            award.filled["note"] = note

    def _payments(self, award: Cells) -> Iterator[Cells]:
        """Yield the cells of each payment, or of the sum paid where the grant lists none."""
        key = "disbursementTransaction"
        try:
            payments = [*objects(self.content.get(key) or [])]
        except CellError as error:
            award.problems[key] = error.sentence
            return
        for at, payment in enumerate(payments, 1):
            cells = self._part(payment, award, f"payment-{at}")
            if (id_ := id_of(payment)) in self.own_ids:
                cells.filled["id"] = str(id_)
            cells.take("amount", "value", amount)
            cells.take("currency", "currency")
            cells.take("announced", "transactionDate", self._day)
            cells.take("value_date", "valueDate", self._day)
            cells.take("note", "description")
            cells.need(terms.REQUIRED_OF_PAYMENTS)
            yield cells
        if not payments and self.content.get("amountDisbursed"):
            yield self._sum_paid(award)

    def _sum_paid(self, award: Cells) -> Cells:
        """Return the cells of the sum that is paid, as of the day of the grant's last change."""
        cells = self._part(self.content, award, "disbursed")
        cells.take("amount", "amountDisbursed", amount)
        cells.take("announced", "dateModified", self._day)
        if "announced" not in cells.filled and "announced" in award.filled:
            self.remarks[Remark.UNDATED] += 1
            cells.filled["announced"] = award.filled["announced"]
        return cells

    def _part(self, content: Mapping[str, Any], award: Cells, suffix: str) -> Cells:
        """Return the cells that a payment has of its award."""
        cells = self._cells(content)
        shared = {column: award.filled[column] for column in _OF_AWARD if column in award.filled}
        id_ = award.filled["id"]
        cells.filled.update(
            {**shared, "stage": "disbursement", "id": f"{id_}-{suffix}", "part_of": id_}
        )
        return cells


def id_of(content: Mapping[str, Any]) -> str | None:
    """Return the identifier of a grant or a payment as an id, None where it is no text."""
    id_ = content.get("id")
    return own_id(id_) if isinstance(id_, str) else None


def web_address(value: Any) -> str | None:
    """Return a value if it is a web address.

    >>> web_address("https://example.org/grants.json"), web_address("n/a")
    ('https://example.org/grants.json', None)
    """
    return value if isinstance(value, str) and _URL.fullmatch(value) else None


def _first_id(value: Any) -> str:
    return text(next(each_of(value, "id"), ""))
