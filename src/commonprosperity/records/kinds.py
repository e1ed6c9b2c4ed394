"""The kinds of records: which there are, what each is called, and where its links lead."""

from collections.abc import Iterator

from commonprosperity.records.company import Company
from commonprosperity.records.figure import Figure
from commonprosperity.records.initiative import Initiative
from commonprosperity.records.pledge import Pledge
from commonprosperity.records.source import Source
from commonprosperity.sentence import Sentence

Record = Source | Company | Initiative | Pledge | Figure

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


def word_of(kind: type[Record]) -> Sentence:
    """Return what a sentence calls the records of a kind: ``pledge``."""
    return _WORDS[kind]


def with_article(kind: type[Record]) -> Sentence:
    """Return what a sentence calls one record of a kind: ``a pledge``."""
    return _ONE_OF[kind]


_WORDS: dict[type[Record], Sentence] = {
    Source: Sentence("source"),
    Company: Sentence("company"),
    Initiative: Sentence("initiative"),
    Pledge: Sentence("pledge"),
    Figure: Sentence("figure"),
}
_ONE_OF: dict[type[Record], Sentence] = {
    Source: Sentence("a source"),
    Company: Sentence("a company"),
    Initiative: Sentence("an initiative"),
    Pledge: Sentence("a pledge"),
    Figure: Sentence("a figure"),
}
