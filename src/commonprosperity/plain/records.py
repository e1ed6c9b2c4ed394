"""One record from plain data: unknown keys refused, all faults at once."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from commonprosperity.deferred import deferred
from commonprosperity.errors import DatasetError, Fault
from commonprosperity.quoting import label, suggestion
from commonprosperity.records import Record
from commonprosperity.records.kinds import KINDS
from commonprosperity.sentence import Sentence

if TYPE_CHECKING:
    from commonprosperity.plain import conversion
else:
    [conversion] = deferred("plain.conversion")

CLASSES: dict[str, type[Record]] = {kind.__name__.lower(): kind for kind in KINDS}
"""The class of the records of each kind: ``company``, ``pledge`` and so on."""


def record_of(kind: str, id_: str, content: Any) -> Record:
    """Make a record of its plain data.

    >>> record_of("company", "acme", {"name": "Acme"})
    Company(id='acme', name='Acme')

    Raises `DatasetError` with everything that is wrong.
    """
    if kind not in CLASSES:
        problem = Sentence(
            "is no kind of record{near:say}",
            near=suggestion(kind, CLASSES) or Sentence("; there are {known:list}", known=CLASSES),
        )  # fmt: skip
        raise DatasetError((Fault("", kind, problem),))
    if not id_ or not isinstance(content, Mapping):
        fields = {field.name for field in attrs.fields(CLASSES[kind])}
        problem = Sentence(
            "write a table for each {kind}, such as [{kind}.{id}]",
            kind=kind, id="its-id" if not id_ or id_ in fields else label(id_),
        )  # fmt: skip
        raise DatasetError((Fault(id_, "" if id_ else kind, problem),))
    if "id" in content:
        problem = Sentence(
            "leave it out: it is in the heading, [{kind}.{id}]", kind=kind, id=label(id_)
        )
        raise DatasetError((Fault(id_, "id", problem),))
    class_ = CLASSES[kind]
    try:
        return class_(id=id_, **content)
    except Exception:  # noqa: BLE001 (the converter finds this fault again, and all others)
        return conversion.converted(class_, id_, content)
