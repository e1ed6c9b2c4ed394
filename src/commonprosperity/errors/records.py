"""Errors of records, of their fields, and of the groups that they make."""

from collections.abc import Sequence
from numbers import Number

import attrs

from commonprosperity.errors.base import CommonProsperityError
from commonprosperity.quoting import brief, label, listed, suggestion
from commonprosperity.sentence import NO_SENTENCE, Sentence, together

_CALLED_AT_MOST = 5
_FIELDS_AT_MOST = 40  # of a pledge, and some of its tags


@attrs.define(slots=False)
class RecordError(CommonProsperityError, ValueError):
    """A field of a record is given what it cannot hold."""

    field: str
    value: object
    problem: Sentence

    def _sentence(self) -> Sentence:
        return Sentence(
            "{field}: {value} {problem:say}",
            field=self.field, value=brief(self.value), problem=self.problem,
        )  # fmt: skip


@attrs.define(slots=False)
class CellError(CommonProsperityError, ValueError):
    """A cell of a table, or a value in a file, cannot be read as what its field holds."""

    problem: Sentence

    def _sentence(self) -> Sentence:
        return self.problem


@attrs.define(slots=False)
class FieldError(CommonProsperityError, LookupError):
    """A name is no field of a pledge."""

    name: object
    known: tuple[str, ...]

    def _sentence(self) -> Sentence:
        near = suggestion(self.name, self.known)
        if self.name in ("year", "month"):  # fields to group by, and none to select by
            near = Sentence("; a year or a month is a value of announced, as 2021 and 2021-08 are")
        return Sentence(
            "{name} is no field of a pledge{near:say}; there are {known:say}",
            name=brief(self.name), near=near,
            known=listed(self.known, _FIELDS_AT_MOST),
        )  # fmt: skip


@attrs.define(slots=False)
class ValueNotFoundError(CommonProsperityError, LookupError):
    """No record of a dataset has a value in a field; ``known`` are the values that there are.

    ``way_out`` says what else may have been meant, if anything.
    """

    field: str
    value: object
    known: tuple[str, ...]
    way_out: Sentence = NO_SENTENCE

    def _sentence(self) -> Sentence:
        problem = Sentence(
            "{field}: there is no {value}{near:say}",
            field=self.field, value=brief(self.value), near=suggestion(self.value, self.known),
        )  # fmt: skip
        return together([problem, self._there(), self.way_out])

    def _there(self) -> Sentence:
        if not self.known:
            return Sentence("there is none at all")
        known = listed(self.known)
        if len(self.known) == 1:
            return Sentence("there is {known:say}", known=known)
        return Sentence("there are {known:say}", known=known)


@attrs.define(slots=False)
class SharedNameError(CommonProsperityError, LookupError):
    """Several records go by one name, so that it does not say which one is meant."""

    name: object
    ids: tuple[str, ...]

    def _sentence(self) -> Sentence:
        return Sentence(
            "{count} records are called {name}; give the id of one: {ids:say}",
            count=len(self.ids), name=brief(self.name), ids=listed(self.ids),
        )  # fmt: skip


@attrs.define(slots=False)
class GroupNotFoundError(CommonProsperityError, KeyError):
    """There is no such group; ``known`` are those that there are."""

    group: object
    known: tuple[object, ...]

    def _sentence(self) -> Sentence:
        known = [_plain(each) for each in self.known]
        return Sentence(
            "no group {group}{near:say}; there are {known:say}",
            group=brief(_plain(self.group)), near=self._near(known),
            known=listed(known) or Sentence("none"),
        )  # fmt: skip

    def _near(self, known: Sequence[object]) -> Sentence:
        """Name a group of another type that looks the same, '2021' for 2021, or else a near one."""
        for each in known:
            if label(each) == label(_plain(self.group)):
                return Sentence("; did you mean {near}?", near=brief(each))
        return suggestion(self.group, [each for each in known if isinstance(each, str)])


def _plain(key: object) -> object:
    """Return a group with texts for stages and periods, whose Python forms are long.

    >>> from datetime import date
    >>> _plain(("acme", date(2021, 9, 2), None))
    ('acme', '2021-09-02', None)
    """
    if isinstance(key, tuple):
        return tuple(map(_plain, key))
    return key if key is None or isinstance(key, Number) else str(key)


@attrs.define(slots=False)
class RecordNotFoundError(CommonProsperityError, KeyError):
    """A dataset has no record with an id, or one of another ``kind`` than that asked for.

    ``is_other`` says of what kind it is: "a company"; ``called`` are the ids of the records that
    have it as their name.
    """

    id: object
    known: tuple[str, ...]
    kind: Sentence = Sentence("record")  # noqa: RUF009 (it is immutable)
    is_other: Sentence = NO_SENTENCE
    called: tuple[str, ...] = ()

    def _sentence(self) -> Sentence:
        if self.is_other:
            return Sentence(
                "{id} is {other:say}, and no {kind:say}",
                id=brief(self.id), other=self.is_other, kind=self.kind,
            )  # fmt: skip
        near = suggestion(self.id, self.known)
        if self.called:
            ids = tuple(map(label, self.called[:_CALLED_AT_MOST]))
            near = Sentence("; did you mean {ids:or}?", ids=ids)
        return Sentence(
            "no {kind:say} {id}{near:say}", kind=self.kind, id=brief(self.id), near=near
        )
