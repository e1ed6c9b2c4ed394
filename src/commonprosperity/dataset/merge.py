"""Merges two records of the same company, initiative or source."""

from typing import Any

import attrs

from commonprosperity.book import Book
from commonprosperity.errors import DatasetError, Fault
from commonprosperity.quoting import listed
from commonprosperity.records import Company, Figure, Pledge, Record
from commonprosperity.records.kinds import LINKS, with_article
from commonprosperity.records.names import names
from commonprosperity.sentence import Sentence

_LINKS = frozenset(link for links in LINKS.values() for link in links)


def merge(book: Book, one: Record, into: Record) -> Book:
    """Return a book in which one record is merged into another, and all links to it lead there.

    The other record keeps its facts, and takes from the first those that it lacks. The names of a
    merged company become aliases.

    Raises `DatasetError`, saying why, for two records that cannot become one.
    """
    problem = _problem(one, into)
    if problem:
        problem = Sentence("cannot be merged into {id}: {problem:say}", id=into.id, problem=problem)
        raise DatasetError((Fault(one.id, "", problem),))
    merged = {into.id: _united(one, into, within=_wholes(book, one))}
    return Book.of(
        _relinked(merged.get(record.id, record), one.id, into.id)
        for record in book.records
        if record.id != one.id
    )


def _problem(one: Record, into: Record) -> Sentence | None:
    """Say why two records cannot become one, if they cannot."""
    if one.id == into.id:
        return Sentence("they are one record already")
    if type(one) is not type(into):
        return Sentence(
            "one is {kind:say}, the other {other:say}",
            kind=with_article(type(one)), other=with_article(type(into)),
        )  # fmt: skip
    if isinstance(one, Pledge):
        return Sentence(
            "two records of a pledge are both kept, and linked; write restates in the one that "
            "tells the other again, or supersedes in a later version"
        )
    if isinstance(one, Figure):
        return Sentence("nothing links to a figure; remove the one that is too many")
    owners = (getattr(record, "company", None) for record in (one, into))
    companies = {owner for owner in owners if owner is not None}
    if len(companies) > 1:
        return Sentence(
            "they are of different companies, {companies:say}; merge these first",
            companies=listed(sorted(companies)),
        )
    return None


def _wholes(book: Book, record: Record) -> set[str]:
    """Return the ids of everything that a record is inside, at any depth."""
    wholes: set[str] = set()
    while whole := getattr(record, "part_of", None):
        wholes.add(whole)
        record = book.by_id[whole]
    return wholes


def _united(one: Record, into: Record, *, within: set[str]) -> Record:
    """Return the other record with the facts that it lacks, and with all names of a company."""
    lacking: dict[str, Any] = {
        field.name: getattr(one, field.name)
        for field in attrs.fields(type(into))
        if not getattr(into, field.name)
    }
    if into.id in within:  # "tea" in "help" in "aid": "aid" goes into nothing when "tea" becomes it
        lacking.pop("part_of", None)
    if isinstance(one, Company) and isinstance(into, Company):
        known = dict.fromkeys((*into.aliases, *names(one)))
        lacking["aliases"] = tuple(name for name in known if name != into.name)
    return attrs.evolve(into, **lacking)


def _relinked(record: Record, old: str, new: str) -> Record:
    """Redirect a record's links from one id to another, and drop a link to the record itself."""
    moved: dict[str, Any] = {link: new for link in _LINKS if getattr(record, link, None) == old}
    if record.id == new and getattr(record, "part_of", None) in {old, new}:
        moved["part_of"] = None
    return attrs.evolve(record, **moved) if moved else record
