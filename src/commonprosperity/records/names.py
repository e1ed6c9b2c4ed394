"""What records are called, and ids made from such names."""

import re
import unicodedata
from collections.abc import Iterable

from commonprosperity.errors import CellError
from commonprosperity.records.company import Company
from commonprosperity.records.initiative import Initiative
from commonprosperity.records.kinds import Record
from commonprosperity.records.source import Source
from commonprosperity.sentence import Sentence
from commonprosperity.wording import known_locale

_ALSO_WRITTEN = "also written "


def names(record: Record) -> tuple[str, ...]:
    """Return all the names of a record; pledges and figures have none.

    >>> from commonprosperity.records import Initiative
    >>> names(Initiative(id="aid", name="Aid", name_zh="援助"))
    ('Aid', '援助')
    """
    match record:
        case Company():
            return (record.name, *filter(None, [record.name_zh]), *record.aliases)
        case Initiative():
            return (record.name, *filter(None, [record.name_zh]))
        case Source():
            return (record.title,)
    return ()


def name_in(record: Company | Initiative, locale: str) -> str:
    """Return what a company or an initiative is called by readers of a locale.

    >>> tencent = Company(id="tencent", name="Tencent", name_zh="腾讯")
    >>> name_in(tencent, "en"), name_in(tencent, "zh_CN")
    ('Tencent', '腾讯')

    Raises `LocaleError` for an unknown locale.
    """
    chinese = known_locale(locale).language == "zh"
    return (chinese and record.name_zh) or record.name


def also_written(spellings: Iterable[str]) -> str:
    """Return the note that lists other spellings of a name, where a record has no aliases.

    >>> also_written(["Giving day", "Giving-Day"])
    'also written Giving day; Giving-Day'
    """
    return f"{_ALSO_WRITTEN}{'; '.join(spellings)}"


def spellings(note: str | None) -> list[str]:
    """Return the other spellings of a name that such a note lists.

    >>> spellings("also written Giving day; Giving-Day"), spellings("paid twice")
    (['Giving day', 'Giving-Day'], [])
    """
    is_list = note is not None and note.startswith(_ALSO_WRITTEN)
    return note.removeprefix(_ALSO_WRITTEN).split("; ") if note and is_list else []


def id_of(name: str) -> str:
    """Make an id from a name: lower case, letters and digits of any script, hyphens between.

    >>> id_of("99 Giving Day"), id_of("腾讯"), id_of("Dot Dot Stand!")
    ('99-giving-day', '腾讯', 'dot-dot-stand')

    Raises `CellError` for a name without a letter or a digit.
    """
    composed = unicodedata.normalize("NFC", name.lower())
    characters = (c if c.isalnum() or unicodedata.category(c)[0] == "M" else "-" for c in composed)
    id_ = re.sub("-+", "-", "".join(characters)).strip("-")
    if not id_:
        raise CellError(Sentence("has no letter or digit to make an id from"))
    return id_


def id_or_none(name: str | None) -> str | None:
    """Make an id from a name; None where it has no letter or digit."""
    try:
        return id_of(name or "")
    except CellError:
        return None
