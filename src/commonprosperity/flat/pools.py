"""``Pools``: which initiatives are pooled, by what the rows of a table say of them."""

from commonprosperity.flat.known import Known
from commonprosperity.quoting import brief, label

_FLAGS = {"true": True, "1": True, "false": False, "0": False}


class Pools:
    """Notes what rows say of their initiatives; what is not said of one stays open.

    >>> pools = Pools(Known())
    >>> pools.problem("water", "true"), pools.problem("water", "false")
    (None, 'is false, and elsewhere water is pooled; write the same in all its rows')
    >>> pools.fact("water"), pools.fact("hope")
    ({'pooled': True}, {})
    """

    def __init__(self, known: Known) -> None:
        self._known = known
        self._pooled: dict[str, bool] = {}

    def problem(self, initiative: str | None, cell: str) -> str | None:
        """Note what a row says of its initiative, and return what is wrong with it."""
        flag = _FLAGS.get(cell.casefold())
        if flag is None:
            return f"{brief(cell)} is neither true nor false; write one of them"
        if initiative is None:
            return "is true of an initiative, and the row names none" if flag else None
        known = self._known.is_pooled(initiative)
        pooled = self._pooled.setdefault(initiative, flag if known is None else known)
        if pooled is flag:
            return None
        elsewhere = "is pooled" if pooled else "is not pooled"
        problem = f"is {str(flag).lower()}, and elsewhere {label(initiative)} {elsewhere}"
        return f"{problem}; write the same in all its rows"

    def fact(self, initiative: str) -> dict[str, bool]:
        """Return what is said of an initiative, as a field of its record."""
        return {"pooled": True} if self._pooled.get(initiative) else {}
