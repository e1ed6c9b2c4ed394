"""What a form has no place for, found by reading back what was written."""

from collections.abc import Callable, Container, Iterator
from sys import maxsize
from typing import Any

import attrs

from commonprosperity.dataset import Dataset
from commonprosperity.errors import DatasetError, Fault, FileError
from commonprosperity.files.intake import Intake
from commonprosperity.plain import PlainRecords, dataset_of
from commonprosperity.records.kinds import word_of
from commonprosperity.sentence import Sentence
from commonprosperity.tags import Tags


def refuse_losses(
    dataset: Dataset,
    read_back: Callable[[Intake], PlainRecords],
    holds: Sentence,
    filled: Container[str] = (),
) -> None:
    """Refuse to write a dataset in a form that would lose any of it, precision included.

    ``holds`` says what the form can hold, and ``filled`` are the fields that it fills itself where
    a record leaves them empty. Raises `FileError` with everything that would be lost.
    """
    # What fits into memory as records may be as long as it is: limits are for files of others.
    intake = Intake("", bytes_at_most=maxsize, cell_at_most=maxsize)
    try:
        faults = [*_losses(dataset, dataset_of(read_back(intake), ""), filled)]
    except DatasetError as error:
        faults = [fault._replace(place="") for fault in error.faults]
    if faults:
        raise FileError((Fault("", "", holds), *faults))


def _losses(dataset: Dataset, back: Dataset, filled: Container[str]) -> Iterator[Fault]:
    """Yield a fault for each fact that is not there any more when a file is read back."""
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


def _adds(copy: Any, value: Any) -> bool:
    """Whether a copy says all that the value says, and more."""
    if isinstance(value, Tags) and isinstance(copy, Tags):
        return value.items() <= copy.items()
    return value is None
