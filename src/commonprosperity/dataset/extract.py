"""Cuts pledges out of a book, with every record that they link to."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from commonprosperity.book import Book
from commonprosperity.records import Pledge
from commonprosperity.records.kinds import ends


def extract(book: Book, pledges: Iterable[Pledge], day: date | None) -> Book:
    """Return a book of some pledges, all the records that they need, and the figures about these.

    A pledge needs the records that it links to, and all other records of the same pledge on a day:
    without its successor, an old version would count.
    """
    ids = _reached(book, (pledge.id for pledge in pledges), day)
    for figure in book.figures:
        if figure.about in ids:
            ids |= {figure.id, *ends(figure)}
    return Book.of(record for record in book.records if record.id in ids)


def _reached(book: Book, ids: Iterable[str], day: date | None) -> set[str]:
    """Return some ids, and those of all records that links lead to from them."""
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
            # pop: the records of one pledge are added only once.
            ahead += [*ends(book.by_id[id_]), *tied.pop(links.pledge(id_), ())]
    return reached
