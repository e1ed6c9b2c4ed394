"""``Tags``: facts of the user's own about a pledge, text by text."""

from collections.abc import Iterator, Mapping

REGRANT_TYPE = "regrant type"
"""The key of the tag of money that its recipient is to grant on, as 360Giving calls it."""

_PREFIX = "tags."


class Tags(Mapping[str, str]):
    """A mapping of texts to texts that never changes, and that can be hashed.

    >>> tags = Tags({"sector": "Health", "country": "Kenya"})
    >>> tags["country"], str(tags)
    ('Kenya', 'country: Kenya; sector: Health')

    The keys are in alphabetical order. It is equal to a dict of the same texts.
    """

    __slots__ = ("_texts",)

    def __init__(self, texts: Mapping[str, str] | None = None) -> None:
        self._texts = dict(sorted((texts or {}).items()))

    def __getitem__(self, key: str) -> str:
        return self._texts[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def __hash__(self) -> int:
        return hash(tuple(self._texts.items()))

    def __str__(self) -> str:
        return "; ".join(f"{key}: {text}" for key, text in self.items())

    def __repr__(self) -> str:
        return f"Tags({self._texts!r})"


def tag_field(key: str) -> str:
    """Return what the tag of a key is called where fields are named: ``tags.country``."""
    return f"{_PREFIX}{key}"


def key_of_tag(field: object) -> str | None:
    """Return the key of a tag that is named as a field is; None for any other field.

    >>> key_of_tag("tags.country"), key_of_tag("funder")
    ('country', None)
    """
    if isinstance(field, str) and field.startswith(_PREFIX):
        return field.removeprefix(_PREFIX)
    return None
