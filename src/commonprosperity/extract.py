"""A part of a book that holds together: some pledges, and all that they link to."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from commonprosperity.book import Book
from commonprosperity.counting import is_known
from commonprosperity.kinds import ends
from commonprosperity.records import Pledge


def extract(book: Book, pledges: Iterable[Pledge], day: date | None) -> Book:
    """Return the part of a book that some pledges need, with the figures about it.

    They need what they link to, and the other records of the same pledge that are known on a day:
    without its successor, a version that is out of date would count.
    """
    others = _others_of_a_pledge(book, day)
    kept = _reached(book, (pledge.id for pledge in pledges), others)
    figures = [figure.id for figure in book.figures if figure.about in kept]
    kept |= _reached(book, figures, others)
    return Book.of(record for record in book.records if record.id in kept)


def _reached(book: Book, ids: Iterable[str], others: Mapping[str, list[str]]) -> set[str]:
    """Return the ids of the records that links lead to from some, and of these themselves."""
    reached: set[str] = set()
    ahead = [*ids]
    while ahead:
        id_ = ahead.pop()
        if id_ not in reached:
            reached.add(id_)
            ahead += [*ends(book.by_id[id_]), *others.get(id_, ())]
    return reached


def _others_of_a_pledge(book: Book, day: date | None) -> Mapping[str, list[str]]:
    """Return, by id, the known records that tell a pledge again or are later versions of it."""
    others: dict[str, list[str]] = defaultdict(list)
    for pledge in book.pledges:
        for end in (pledge.restates, pledge.supersedes):
            if end is not None and is_known(pledge, day):
                others[end].append(pledge.id)
    return others
