"""A transaction of IATI as the plain data of a pledge."""

import re
from collections.abc import Mapping
from typing import Any

import attrs

from commonprosperity.errors import CellError, CommonProsperityError, Fault, RecordError
from commonprosperity.files.iati import terms
from commonprosperity.files.iati.activity import Activity, narrative, organization
from commonprosperity.files.iati.organizations import Organizations
from commonprosperity.files.iati.shares import TAGS, shared_tags, shares_of
from commonprosperity.files.xml import Element
from commonprosperity.money import Money
from commonprosperity.patterns import pattern
from commonprosperity.quoting import brief
from commonprosperity.sentence import Sentence

_ISO = pattern(r"([0-9]{4}(?:-[0-9]{2}){0,2})(?:T[0-9:.]+)?(?:Z|[+-][0-9]{2}:[0-9]{2})?", re.ASCII)


@attrs.frozen
class Transaction:
    """A transaction, and the activity that it is of.

    >>> value = Element("value", {"value-date": "2021-10-01"}, 3, ["5000.00"])
    >>> children = [
    ...     Element("transaction-type", {"code": "3"}, 1),
    ...     Element("transaction-date", {"iso-date": "2021-09-02"}, 2), value,
    ... ]
    >>> activity = Activity(Element("iati-activity", {"default-currency": "EUR"}, 1))
    >>> activity.company = "agency"
    >>> transaction = Transaction(Element("transaction", {}, 1, [], children), activity)
    >>> content, faults = transaction.content(Organizations())
    >>> content["amount"], content["announced"], content["company"]
    (Money('5000.00', 'EUR'), '2021-09-02', 'agency')
    """

    element: Element
    activity: Activity

    @property
    def type(self) -> str | None:
        """The code of its type."""
        return self._attribute("transaction-type", "code")

    def content(self, organizations: Organizations) -> tuple[dict[str, Any], list[Fault]]:
        """Return the plain data of a pledge, and what is wrong with its amount or its giver."""
        amount, faults = self._amount()
        try:
            company = self._company(organizations)
        except CellError as error:
            company = None
            faults.append(Fault("", "company", error.sentence))
        dates = {
            "announced": self._attribute("transaction-date", "iso-date"),
            "value_date": self._attribute("value", "value-date"),
        }
        for field, date in dates.items():
            if date and not _ISO.fullmatch(date):
                problem = Sentence(
                    "{date} is no date of ISO 8601, such as 2021-09-02", date=brief(date)
                )
                faults.append(Fault("", field, problem))
        content = {
            "company": company,
            "amount": amount,
            "stage": terms.STAGES[str(self.type)],
            **{field: date and _day(date) for field, date in dates.items()},
            "recipient": self._recipient(),
            "tags": self._tags(),
            "locator": self.element.get("ref"),
            "note": narrative(self.element.first("description")),
        }
        return {name: value for name, value in content.items() if value is not None}, faults

    def _company(self, organizations: Organizations) -> str:
        """Return who gives: the provider, or else whoever reports the activity."""
        provider = organizations.id_of(*organization(self.element.first("provider-org")))
        company = provider or self.activity.company
        if company is None:
            raise CellError(
                Sentence("is missing; neither a provider-org nor a reporting-org says who it is")
            )
        return company

    def _attribute(self, name: str, attribute: str) -> str | None:
        element = self.element.first(name)
        return None if element is None else element.get(attribute)

    def _amount(self) -> tuple[Money | None, list[Fault]]:
        value = self.element.first("value")
        number = value.text if value else ""
        if not number:
            return None, [Fault("", "amount", Sentence("is missing; write a number in <value>"))]
        currency = self._attribute("value", "currency") or self.activity.currency
        if currency is None:
            problem = Sentence(
                "{number} has no currency, and its activity no default-currency",
                number=brief(number),
            )
            return None, [Fault("", "amount", problem)]
        try:
            return Money(number, currency), []
        except CommonProsperityError as error:
            return None, [Fault("", "amount", error.sentence)]

    def _recipient(self) -> str | None:
        """Return who gets the money: the reporter, of what comes in and names nobody else."""
        ref, name = organization(self.element.first("receiver-org"))
        if not (name or ref) and self.type in terms.INCOMING:
            ref, name = self.activity.reporter
        return name or ref

    def _tags(self) -> Mapping[str, str]:
        """Return its tags: its type, and its own countries and sectors, or the activity's."""
        own = shares_of(child for child in self.element.children if child.name in TAGS)
        tags = {**self.activity.shares, **own, "transaction type": terms.TYPES[str(self.type)]}
        try:
            return shared_tags(tuple(tags.items()))
        except RecordError:
            return tags  # which the record refuses in its turn, with all else that is wrong


def _day(date: str) -> str:
    """Return a date of XML Schema without its time zone: the day is that of whoever wrote it.

    >>> _day("2021-09-02Z"), _day("2021-09-02T00:00:00"), _day("2021")
    ('2021-09-02', '2021-09-02', '2021')
    """
    parts = _ISO.fullmatch(date)
    return parts[1] if parts else date
