"""``Reading``: activities read one after the other, and the records of them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NoReturn

from commonprosperity.errors import CellError, DatasetError, Fault
from commonprosperity.files.iati import terms
from commonprosperity.files.iati.activity import OF_ALL_TRANSACTIONS, Activity
from commonprosperity.files.iati.organizations import Organizations, numbered
from commonprosperity.files.iati.transaction import Transaction
from commonprosperity.files.intake import Intake
from commonprosperity.files.xml import Element
from commonprosperity.layout import own_id
from commonprosperity.plain import PlainRecords, record_of
from commonprosperity.quoting import brief
from commonprosperity.sentence import Sentence

if TYPE_CHECKING:
    from commonprosperity.records import Record

_HELD_AT_MOST = 1_000  # transactions of an activity, until all that it says of them is read


class Reading:
    """The records of the activities that were read so far, what is wrong, and what was left out.

    Each pledge is made at once, as the plain data of millions would take more memory than they do.
    The others are plain data up to the end, as a later activity may add to them.
    """

    def __init__(self, intake: Intake) -> None:
        self.faults: list[Fault] = []
        self._intake = intake
        self._organizations = Organizations(intake.known)
        self._pledges: list[Record] = []
        self._initiatives: dict[str, dict[str, Any]] = {}
        self._ids: dict[str, str] = {}
        self._lines: dict[str, int] = {}
        self._parents: dict[str, list[str]] = {}
        self._sources: dict[str, str] = {}
        self._left_out: Counter[str] = Counter()
        self._both_ways = 0
        self._without_parent = 0
        self._on_two_levels = 0
        self._with_money: set[str] = set()

    def take(self, activity: Activity, elements: Iterable[Element]) -> None:
        """Read an activity, whose elements come one after the other."""
        held: list[Element] = []
        read = 0  # transactions
        for element in elements:
            if element.name == "transaction":
                held.append(element)
            elif read and element.name in OF_ALL_TRANSACTIONS:
                self._refuse_late(element)
            else:
                activity.take(element)
            if len(held) == _HELD_AT_MOST:
                self._take_transactions(activity, held, read)
                read, held = read + len(held), []
        self._take_transactions(activity, held, read)
        self._close(activity)

    def plain_records(self) -> PlainRecords:
        """Return all records that were read."""
        tables = {
            "source": {
                id_: {"title": f"IATI activities of {name}", "publisher": name}
                for id_, name in self._named_sources()
            },
            "company": self._organizations.companies(),
            "initiative": self._initiatives,
        }
        self._link_parents()
        return PlainRecords(
            tables,
            self.faults,
            lambda: {id_: self._intake.place(line) for id_, line in self._lines.items()},
            tuple(self._notes()),
            rows="lines",
            known=(*(self._intake.known.named() if self._intake.known else ()), *self._pledges),
        )

    def _take_transactions(self, activity: Activity, elements: list[Element], read: int) -> None:
        if not read:
            self._open(activity)
        for at, element in enumerate(elements, read + 1):
            if activity.id is not None:
                self._take_transaction(f"{activity.id}-t{at}", Transaction(element, activity))

    def _open(self, activity: Activity) -> None:
        """Give an activity its id, or tell why it gets none."""
        identifier = activity.identifier
        place = self._intake.place(activity.line)
        if identifier is None:
            self.faults.append(Fault("", "iati-identifier", Sentence("is missing"), place))
        elif identifier in self._ids:
            other = self._intake.place(self._lines[self._ids[identifier]])
            problem = Sentence(
                "another activity has {identifier} too, at {other}",
                identifier=brief(identifier), other=other,
            )  # fmt: skip
            self.faults.append(Fault("", "iati-identifier", problem, place))
        else:
            ids = numbered(own_id(identifier))
            activity.id = next(each for each in ids if each not in self._lines)
            self._ids[identifier] = activity.id
            try:
                activity.company = self._organizations.id_of(*activity.reporter)
            except CellError as error:
                self.faults.append(Fault(activity.id, "company", error.sentence, place))
            self._lines[activity.id] = activity.line

    def _close(self, activity: Activity) -> None:
        """Keep an activity as an initiative."""
        if activity.id is None:
            return
        content = {
            "name": activity.title or activity.identifier,
            "company": activity.company,
            "pooled": True,
            "source": self._source(activity),
        }
        self._initiatives[activity.id] = {k: v for k, v in content.items() if v is not None}
        if activity.parents:
            self._parents[activity.id] = activity.parents
        if activity.types:
            self._with_money.add(activity.id)
        self._both_ways += all(activity.types & each for each in (terms.INCOMING, terms.OUTGOING))

    def _source(self, activity: Activity) -> str | None:
        """Return the source of what an activity says: all activities of one reporter are one."""
        if activity.company is None:
            return None
        return self._sources.setdefault(activity.company, f"iati-{activity.company}")

    def _take_transaction(self, id_: str, transaction: Transaction) -> None:
        activity, type_ = transaction.activity, transaction.type
        if type_ in terms.TYPES and type_ not in terms.STAGES:
            self._left_out[type_] += 1
            return
        place = self._intake.place(transaction.element.line)
        if type_ not in terms.STAGES:
            self.faults.append(Fault(id_, "transaction-type", _no_type(type_), place))
            return
        activity.types.add(type_)
        content, faults = transaction.content(self._organizations)
        content |= {"initiative": activity.id, "source": self._source(activity)}
        try:
            self._pledges.append(record_of("pledge", id_, content))
        except DatasetError as error:
            fields = {fault.field for fault in faults}
            faults += (fault for fault in error.faults if fault.field not in fields)
        self.faults += (fault._replace(record=id_, place=place) for fault in faults)

    def _refuse_late(self, element: Element) -> NoReturn:
        problem = Sentence(
            "{name} stands below {most} transactions; IATI has it above them",
            name=element.name, most=f"{_HELD_AT_MOST:,}",
        )  # fmt: skip
        raise self._intake.refused(problem, element.line)

    def _link_parents(self) -> None:
        """Make each activity part of its parent, the first of several that is in the file."""
        for id_, parents in self._parents.items():
            known = [self._ids[parent] for parent in parents if parent in self._ids]
            if known:
                self._initiatives[id_]["part_of"] = known[0]
                self._on_two_levels += {id_, known[0]} <= self._with_money
            else:
                self._without_parent += 1

    def _named_sources(self) -> Iterator[tuple[str, str]]:
        for company, id_ in self._sources.items():
            yield id_, self._organizations.name_of(company)

    def _notes(self) -> Iterator[Sentence]:
        for type_, times in sorted(self._left_out.items(), key=lambda item: int(item[0])):
            yield Sentence(
                "left out: transactions of type {type} ({name}): {count}",
                type=type_, name=terms.TYPES[type_], count=f"{times:,}",
            )  # fmt: skip
        if self._both_ways:
            yield Sentence(
                "activities whose incoming and outgoing commitments may be the same money: {count}",
                count=f"{self._both_ways:,}",
            )
        if self._on_two_levels:
            yield Sentence(
                "activities whose money may stand in their parents' transactions too: {count}",
                count=f"{self._on_two_levels:,}",
            )
        if self._without_parent:
            yield Sentence(
                "activities whose parents are not in the file: {count}",
                count=f"{self._without_parent:,}",
            )


def _no_type(type_: str | None) -> Sentence:
    if type_ is None:
        return Sentence("is missing")
    return Sentence(
        "{type} is no type of IATI 2.0x; there are 1 to {count}",
        type=brief(type_), count=len(terms.TYPES),
    )  # fmt: skip
