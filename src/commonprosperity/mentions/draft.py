"""A draft of records: a pledge for each amount of a text, as TOML, the rest left open."""

import json
from collections.abc import Iterable, Iterator

import attrs

from commonprosperity.mentions.equivalents import without_equivalents
from commonprosperity.mentions.mention import Mention
from commonprosperity.quoting import one_line, printable
from commonprosperity.records import Source
from commonprosperity.wording import Qualifier

_SENTENCE_AT_MOST = 400  # characters
_HEAD = """\
# A draft: fill in what is open (""), delete what is no pledge, and read it with
# commonprosperity check FILE. Write a table for each company that you name:
#
# [company.ID]
# name = "NAME"
"""


def draft(mentions: Iterable[Mention], source: Source | str | None) -> str:
    """Write a pledge for each amount, with its sentence as a comment."""
    record = Source(id="article", title=source) if isinstance(source, str) else source
    parts = [_HEAD, *([] if record is None else [_source(record)])]
    ids: set[str] = set()
    pledges = [
        _pledge(_new_id(places[0].line, ids), places, record) for places in _distinct(mentions)
    ]
    return "\n".join([*parts, *("\n".join([*lines, ""]) for lines in pledges)])


def _distinct(mentions: Iterable[Mention]) -> list[list[Mention]]:
    """Put the mentions that say the same together, in the order of the first of each."""
    alike: dict[object, list[Mention]] = {}
    for mention in without_equivalents(mentions):
        alike.setdefault(mention.says, []).append(mention)
    return list(alike.values())


def _new_id(line: int, ids: set[str]) -> str:
    same = sum(one == f"line-{line}" or one.startswith(f"line-{line}-") for one in ids)
    new = f"line-{line}-{same + 1}" if same else f"line-{line}"
    ids.add(new)
    return new


def _source(source: Source) -> str:
    fields = attrs.asdict(source, recurse=False)
    del fields["id"]
    lines = [f"{name} = {_text(str(value))}" for name, value in fields.items() if value is not None]
    return "\n".join([f"[source.{_key(source.id)}]", *lines, ""])


def _pledge(id_: str, places: list[Mention], source: Source | None) -> Iterator[str]:
    first, *others = places
    yield f"# {first.excerpt(_SENTENCE_AT_MOST)}"
    for other in others:
        yield f"# The same amount, in line {other.line}: {other.excerpt(_SENTENCE_AT_MOST)}"
    yield f"[pledge.{id_}]"
    yield 'company = ""  # whose?'
    yield from _amount(first)
    if first.qualifier != Qualifier.EXACT:
        yield f'qualifier = "{first.qualifier}"'
    yield from _equivalents(places)
    yield 'announced = ""  # when?'
    if source is not None:
        yield f"source = {_text(source.id)}"
    yield f'locator = "line {first.line}"'


def _amount(mention: Mention) -> Iterator[str]:
    if mention.stated is None:
        yield f'amount = ""  # {_unclear(mention)}'
        return
    yield f'amount = "{mention.stated.money.exact_text()}"'
    if mention.stated.high:
        yield f'high = "{mention.stated.high.exact_text()}"'


def _equivalents(places: list[Mention]) -> Iterator[str]:
    """Write the equivalents that are certain, and the others as comments."""
    equivalents = {one.says: one for place in places for one in place.equivalents}.values()
    certain = [one.stated.money.exact_text() for one in equivalents if one.stated]
    if certain:
        yield f"equivalents = [{', '.join(map(_text, dict.fromkeys(certain)))}]"
    for one in equivalents:
        if one.stated is None:
            yield f"# equivalents: {_unclear(one)}"


def _unclear(mention: Mention) -> str:
    currencies = f"{', '.join(mention.candidates[:4])}{', ...' * (len(mention.candidates) > 4)}"  # noqa: PLR2004
    return f"{_comment(mention.text)}, in which currency? ({currencies})"


def _comment(text: str) -> str:
    return one_line(" ".join(text.split()), _SENTENCE_AT_MOST)


def _text(text: str) -> str:
    """Write a text as TOML does, without the characters that it forbids."""
    return json.dumps(printable(text), ensure_ascii=False)


def _key(text: str) -> str:
    return text if text.isascii() and "." not in text else _text(text)
