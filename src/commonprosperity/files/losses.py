"""What a form has no place for, found by reading back what was written."""

from collections.abc import Container, Iterator
from typing import Any

import attrs

from commonprosperity.dataset import Dataset
from commonprosperity.errors import Fault
from commonprosperity.records.kinds import word_of
from commonprosperity.sentence import Sentence
from commonprosperity.tags import Tags


def losses(dataset: Dataset, back: Dataset, filled: Container[str] = ()) -> Iterator[Fault]:
    """Yield a fault for each fact that is lost when a file is read back, precision included.

    ``filled`` are the fields that the form itself fills where a record leaves them empty.
    """
    for record in dataset.records:
        if record.id not in back:
            problem = Sentence("this {kind:say} would be lost", kind=word_of(type(record)))
            yield Fault(record.id, "", problem)
            continue
        other = back[record.id]
        for field in attrs.fields(type(record)):
            value, copy = getattr(record, field.name), getattr(other, field.name, None)
            # A text shows more than equality does: an amount's precision, too.
            if repr(value) != repr(copy) and not (field.name in filled and _adds(copy, value)):
                yield Fault(record.id, field.name, Sentence("would be lost"))


def _adds(kept: Any, value: Any) -> bool:
    """Whether a value that was kept says all that the other says, and more."""
    if isinstance(value, Tags) and isinstance(kept, Tags):
        return value.items() <= kept.items()
    return value is None
