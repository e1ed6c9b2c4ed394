"""The kinds of records: which there are, what each is called, and where its links lead."""

from collections.abc import Iterator

from commonprosperity.records import Company, Figure, Initiative, Pledge, Record, Source

KINDS: tuple[type[Record], ...] = (Source, Company, Initiative, Pledge, Figure)

LINKS: dict[str, dict[str, tuple[type[Record], ...]]] = {
    "initiatives": {"company": (Company,), "part_of": (Initiative,), "source": (Source,)},
    "pledges": {
        "company": (Company,),
        "initiative": (Initiative,),
        "part_of": (Pledge,),
        "supersedes": (Pledge,),
        "restates": (Pledge,),
        "source": (Source,),
    },
    "figures": {"about": (Company, Initiative), "source": (Source,)},
}
"""The links of the records of each kind, and the kinds that each leads to."""


_LINKS_OF = {
    Initiative: tuple(LINKS["initiatives"]),
    Pledge: tuple(LINKS["pledges"]),
    Figure: tuple(LINKS["figures"]),
}


def ends(record: Record) -> Iterator[str]:
    """Yield the ids that a record links to."""
    for link in _LINKS_OF.get(type(record), ()):
        end = getattr(record, link)
        if end is not None:
            yield end


def kind_of(record: Record) -> str:
    """Return what a record is called: ``company``, ``pledge`` and so on."""
    return type(record).__name__.lower()


def with_article(kind: str) -> str:
    """Put the article that a word takes before it."""
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"
