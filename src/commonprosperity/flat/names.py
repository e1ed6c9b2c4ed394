"""``Names``: the records that a column of names stands for, their ids made from the names."""

import re
import unicodedata

from commonprosperity.quoting import label


def id_of(name: str) -> str:
    """Make an id from a name: lower case, letters and digits of any script, hyphens between.

    >>> id_of("99 Giving Day"), id_of("腾讯"), id_of("Dot Dot Stand!")
    ('99-giving-day', '腾讯', 'dot-dot-stand')

    Raises `ValueError` for a name without a letter or a digit.
    """
    composed = unicodedata.normalize("NFC", name.lower())
    characters = (c if c.isalnum() or unicodedata.category(c)[0] == "M" else "-" for c in composed)
    id_ = re.sub("-+", "-", "".join(characters)).strip("-")
    if not id_:
        raise ValueError("has no letter or digit to make an id from")
    return id_


def id_or_none(name: str | None) -> str | None:
    """Make an id from a name; None where it has no letter or digit."""
    try:
        return id_of(name or "")
    except ValueError:
        return None


class Names:
    """The names in one column by the ids made from them; an id may stand for its name.

    >>> names = Names()
    >>> names.id_of("acme"), names.id_of("Acme"), names.by_id
    ('acme', 'acme', {'acme': 'Acme'})
    """

    def __init__(self) -> None:
        self.by_id: dict[str, str] = {}
        self._ids: dict[str, str] = {}

    def id_of(self, name: str) -> str:
        """Add a name and return its id; raise `ValueError` where another name has that id.

        ``by_id`` holds Acme for acme, whichever of the two comes first.
        """
        if name in self._ids:
            return self._ids[name]
        id_ = id_of(name)
        known = self.by_id.setdefault(id_, name)
        if known == id_:
            self.by_id[id_] = name
        elif name not in {known, id_}:
            raise ValueError(
                f"{label(name)} and {label(known)} would both have the id {label(id_)}; "
                "write one of them"
            )
        self._ids[name] = id_
        return id_
