"""Records through cattrs: made field by field, which finds every fault, and written as plain data.

cattrs takes as long to load as the records themselves, and a dataset without faults needs none.
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

import attrs
from cattrs import ClassValidationError, Converter
from cattrs.errors import ForbiddenExtraKeysError
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from commonprosperity.errors import (
    AmbiguousAmountError,
    DatasetError,
    Fault,
    InexactAmountError,
    RecordError,
)
from commonprosperity.errors.base import sentence_of
from commonprosperity.money import Money
from commonprosperity.period import Period
from commonprosperity.quoting import AsWritten, brief, suggestion
from commonprosperity.records import Record
from commonprosperity.records.kinds import KINDS, with_article
from commonprosperity.sentence import Sentence
from commonprosperity.tags import Tags


def converted(class_: type[Record], id_: str, content: Mapping[str, Any]) -> Record:
    """Make a record field by field, which is slower, and raise `DatasetError` with every fault."""
    try:
        return _converter().structure({**content, "id": id_}, class_)
    except ClassValidationError as error:
        raise DatasetError(tuple(_faults(error, class_, id_, content))) from None


def plain_content(record: Record) -> dict[str, Any]:
    """Return the fields of a record as plain data, without its id and without defaults.

    >>> from commonprosperity import Company
    >>> plain_content(Company(id="acme", name="Acme"))
    {'name': 'Acme'}
    """
    content: dict[str, Any] = _converter().unstructure(record)
    return content


@cache
def _converter() -> Converter:
    """Return the converter whose records check each field by itself, as their classes do."""
    converter = Converter(detailed_validation=True, forbid_extra_keys=True)
    for kind in KINDS:
        hooks = {field.name: override(struct_hook=_take(field)) for field in attrs.fields(kind)}
        converter.register_structure_hook(
            kind,
            make_dict_structure_fn(kind, converter, **hooks),  # type: ignore[arg-type]
        )
    _write_with(converter)
    return converter


def _write_with(converter: Converter) -> None:
    """Teach a converter to write: values as texts, tuples as lists, no id and no default."""
    converter.register_unstructure_hook(Money, Money.exact_text)
    converter.register_unstructure_hook(Period, str)
    converter.register_unstructure_hook(Decimal, str)
    converter.register_unstructure_hook(Tags, dict)
    for kind in KINDS:
        hook = make_dict_unstructure_fn(
            kind, converter, _cattrs_omit_if_default=True, id=override(omit=True)
        )
        converter.register_unstructure_hook(kind, hook)


def _take(field: "attrs.Attribute[Any]") -> Callable[[Any, Any], Any]:
    convert: Any = field.converter or (lambda value: value)
    check: Any = field.validator or (lambda *_: None)

    def take(value: Any, _: Any) -> Any:
        value = convert(value)
        check(None, field, value)
        return value

    return take


def _faults(
    error: ClassValidationError, class_: type[Record], id_: str, content: Mapping[str, Any]
) -> Iterator[Fault]:
    """Yield what cattrs caught in our own sentences, which its own formatter would hide."""
    of_fields, of_record = error.group_exceptions()
    for cause, note in of_fields:
        field = str(getattr(cause, "field", ""))
        inside = field.startswith(f"{note.name}.")  # tags.country
        yield Fault(id_, field if inside else note.name, _problem(cause))
    for cause in of_record:
        if isinstance(cause, ForbiddenExtraKeysError):
            known = [field.name for field in attrs.fields(class_)]
            for key in sorted(cause.extra_fields):
                near = suggestion(key, known, content)
                problem = Sentence(
                    "is no field of {kind:say}{near:say}",
                    kind=with_article(class_),
                    near=near,
                )
                yield Fault(id_, key, problem)
        else:
            yield Fault(id_, getattr(cause, "field", ""), _problem(cause))


def _problem(cause: Exception) -> Sentence:
    if hasattr(cause, "value"):
        cause.value = AsWritten(cause.value)  # true and null: the file has no True and no None
    # What an amount's own sentence proposes has no place in a field.
    if isinstance(cause, RecordError | AmbiguousAmountError | InexactAmountError):
        return Sentence("{value} {problem:say}", value=brief(cause.value), problem=cause.problem)
    return Sentence("is missing") if type(cause) is KeyError else sentence_of(cause)
