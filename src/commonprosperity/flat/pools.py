"""``Pools``: which initiatives are pooled, by what the rows of a table say of them."""

from commonprosperity.flat.known import KnownRecords
from commonprosperity.quoting import brief, label
from commonprosperity.sentence import Sentence

_FLAGS = {"true": True, "1": True, "false": False, "0": False}


class Pools:
    """Notes which initiatives the rows call pooled; without a word on one, that stays open.

    >>> pools = Pools(KnownRecords())
    >>> pools.problem("water", "true"), pools.problem("water", "false")
    (None, 'is false, and elsewhere water is pooled; write the same in all its rows')
    >>> pools.fact("water"), pools.fact("hope")
    ({'pooled': True}, {})
    """

    def __init__(self, known: KnownRecords) -> None:
        self._known = known
        self._pooled: dict[str, bool] = {}

    def problem(self, initiative: str | None, cell: str) -> Sentence | None:
        """Note what a row says of its initiative, and return what is wrong with it."""
        flag = _FLAGS.get(cell.casefold())
        if flag is None:
            return Sentence(
                "{value} {problem:say}", value=brief(cell),
                problem=Sentence("is neither true nor false; write one of them"),
            )  # fmt: skip
        if initiative is None:
            alone = Sentence("is true of an initiative, and the row names none")
            return alone if flag else None
        known = self._known.is_pooled(initiative)
        pooled = self._pooled.setdefault(initiative, flag if known is None else known)
        if pooled is flag:
            return None
        name = label(initiative)
        if pooled:
            return Sentence(
                "is false, and elsewhere {initiative} is pooled; write the same in all its rows",
                initiative=name,
            )
        return Sentence(
            "is true, and elsewhere {initiative} is not pooled; write the same in all its rows",
            initiative=name,
        )

    def fact(self, initiative: str) -> dict[str, bool]:
        """Return the field ``pooled`` of an initiative's record, if its rows say so."""
        return {"pooled": True} if self._pooled.get(initiative) else {}
