"""A part of a book that holds together: some pledges, and all that they link to."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from commonprosperity.book import Book
from commonprosperity.kinds import ends
from commonprosperity.records import Pledge


def extract(book: Book, pledges: Iterable[Pledge], day: date | None) -> Book:
    """Return the part of a book that some pledges need, with the figures about it.

    They need what they link to, and the other records that are tied to one pledge with them on a
    day: without its successor, a version that is out of date would count.
    """
    kept = _reached(book, (pledge.id for pledge in pledges), day)
    for figure in book.figures:
        if figure.about in kept:
            kept |= {figure.id, *ends(figure)}
    return Book.of(record for record in book.records if record.id in kept)


def _reached(book: Book, ids: Iterable[str], day: date | None) -> set[str]:
    """Return the ids of the records that links and ties lead to from some, and of these."""
    links = book.links.as_of(day)
    tied: dict[str, list[str]] = defaultdict(list)
    for id_ in links.records:
        tied[links.pledge(id_)].append(id_)
    reached: set[str] = set()
    ahead = [*ids]
    while ahead:
        id_ = ahead.pop()
        if id_ not in reached:
            reached.add(id_)
            # A pledge that many records tell is gone through once.
            ahead += [*ends(book.by_id[id_]), *tied.pop(links.pledge(id_), ())]
    return reached
