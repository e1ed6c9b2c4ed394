"""Errors of datasets and files, and the faults that they hold."""

from typing import NamedTuple, Self

import attrs

from commonprosperity.errors.base import CommonProsperityError
from commonprosperity.patterns import pattern
from commonprosperity.quoting import brief, label, listed, one_line, suggestion
from commonprosperity.sentence import Bilingual, Sentence

_PROBLEM_AT_MOST = 600  # characters of a fault, before which its place, record and field stand
_PLACE_AT_MOST = 200

_PATH = pattern(r"[/\\]|\.\w+$")


class Fault(NamedTuple):
    """One thing that is wrong with a record: which record, which of its fields, and what.

    ``place`` is where it stands in a file, as ``file:line``, when it comes from one.
    """

    record: str
    field: str
    problem: Sentence
    place: str = ""

    def __str__(self) -> str:
        return ": ".join((*map(one_line, self._where), one_line(self.problem, _PROBLEM_AT_MOST)))

    @property
    def sentence(self) -> Sentence:
        """What the fault says: a text in English, which the command says in Chinese too."""
        sentence = self.problem
        for part in reversed(self._where):
            sentence = Sentence("{part:say}: {rest:say}", part=part, rest=sentence)
        return sentence

    @property
    def _where(self) -> list[str]:
        is_ours = isinstance(self.place, Sentence) and len(self.place) <= _PLACE_AT_MOST
        place = self.place if is_ours else one_line(self.place, _PLACE_AT_MOST)
        field = label(self.field)
        if isinstance(self.field, Bilingual):
            field = Bilingual(field, label(self.field.chinese))
        return [*filter(None, (place, label(self.record), field))]


@attrs.define(slots=False)
class DatasetError(CommonProsperityError, ValueError):
    """Records do not fit together; ``faults`` holds everything that is wrong, at once."""

    faults: tuple[Fault, ...]

    @classmethod
    def at(cls, place: str, problem: Sentence) -> Self:
        """Return the error of one problem with all that is at a place: a file, a line of it.

        >>> print(FileError.at("mine.csv:1", Sentence("it has no headings")))
        mine.csv:1: it has no headings
        """
        return cls((Fault("", "", problem, place),))

    def __str__(self) -> str:
        """Return the faults, each on a line of its own."""
        return "\n".join(map(str, self.faults))

    def _sentence(self) -> Sentence:
        return Sentence("{faults:lines}", faults=[fault.sentence for fault in self.faults])


class FileError(DatasetError):
    """A file cannot be read as a dataset; it is read whole or not at all."""


class LayoutError(DatasetError):
    """A layout says what no layout can say; ``faults`` holds everything that is wrong, at once."""


@attrs.define(slots=False)
class DatasetNotFoundError(CommonProsperityError, LookupError):
    """No dataset has a name; ``known`` are the names of those that there are."""

    name: object
    known: tuple[str, ...]

    def _sentence(self) -> Sentence:
        sentence = Sentence(
            "no dataset {name}{near:say}; there are {known:say}",
            name=brief(self.name), near=suggestion(self.name, self.known),
            known=listed(self.known),
        )  # fmt: skip
        if not isinstance(self.name, str) or not _PATH.search(self.name):
            return sentence
        return Sentence(
            "{sentence:say}; a file is read with read({name})",
            sentence=sentence, name=brief(self.name),
        )  # fmt: skip


@attrs.define(slots=False)
class SharedDatasetNameError(CommonProsperityError, LookupError):
    """Several installed packages have a dataset of one name: it does not say which one is meant."""

    name: object
    packages: tuple[str, ...]

    def _sentence(self) -> Sentence:
        return Sentence(
            "{count} packages have a dataset {name}: {packages:say}; uninstall one of them",
            count=len(self.packages), name=brief(self.name), packages=listed(self.packages),
        )  # fmt: skip
