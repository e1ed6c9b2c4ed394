"""``Activity``: what an activity says of all its transactions."""

from functools import cached_property

from commonprosperity.files.iati.shares import TAGS, shares_of
from commonprosperity.files.xml import Element

OF_ALL_TRANSACTIONS = frozenset({"iati-identifier", "reporting-org", *TAGS})
"""The elements that say something of every transaction, and stand above them in IATI."""

ELEMENTS = frozenset({*OF_ALL_TRANSACTIONS, "title", "related-activity"})
"""The elements that are read, besides the transactions."""

_PARENT = "1"


class Activity:
    """An activity: who reports it, its currency, its parents, and how it is shared out.

    Whoever reads the transactions sets the ``id`` of its initiative and the ``company`` that
    reports it, and notes their ``types``.

    >>> activity = Activity(Element("iati-activity", {"default-currency": "EUR"}, 1))
    >>> activity.take(Element("iati-identifier", {}, 2, [" X-1-a "]))
    >>> activity.take(Element("recipient-country", {"code": "KE"}, 3))
    >>> activity.identifier, activity.currency, activity.shares
    ('X-1-a', 'EUR', {'country': 'KE'})
    """

    def __init__(self, element: Element) -> None:
        self.id: str | None = None
        self.company: str | None = None
        self.types: set[str] = set()
        self.line = element.line
        self.currency = element.get("default-currency")
        self.identifier: str | None = None
        self.title: str | None = None
        self.reporter: tuple[str | None, str | None] = (None, None)
        self.parents: list[str] = []
        self._sharing: list[Element] = []

    def take(self, element: Element) -> None:
        """Take what one of its elements says; the first of several holds, unless all do."""
        if element.name in TAGS:
            self._sharing.append(element)
        elif element.name == "iati-identifier":
            self.identifier = self.identifier or element.text or None
        elif element.name == "title":
            self.title = self.title or narrative(element)
        elif element.name == "reporting-org" and self.reporter == (None, None):
            self.reporter = organization(element)
        elif element.name == "related-activity" and element.get("type") == _PARENT:
            self.parents += filter(None, [element.get("ref")])

    @cached_property
    def shares(self) -> dict[str, str]:
        """Its tags: countries, regions and sectors."""
        return shares_of(self._sharing)


def narrative(element: Element | None) -> str | None:
    """Return what an element says in words, in the first of several languages."""
    if element is None:
        return None
    texts = (each.text for each in (*element.each("narrative"), element))
    return next(filter(None, texts), None)


def organization(element: Element | None) -> tuple[str | None, str | None]:
    """Return the reference and the name of an organization, None for what it has not."""
    return (element.get("ref") if element else None), narrative(element)
