"""The JSON form: the TOML's shape, its keys sorted, the same bytes from run to run."""

import json
from typing import Any

from commonprosperity.dataset import Dataset
from commonprosperity.errors.python import python_sentence
from commonprosperity.files.intake import Intake
from commonprosperity.files.parsed import KeyTrackingDict, Unreadable, exact, pruned
from commonprosperity.plain import PlainRecords, plain_of
from commonprosperity.sentence import Sentence

_DIGITS_AT_MOST = 60  # of an integer


def plain_records(parsed: Any, intake: Intake) -> PlainRecords:
    """Return the records of parsed JSON; a ``$schema`` at its top is for editors, and passed over.

    Raises `FileError` for what is no JSON object.
    """
    if not isinstance(parsed, dict):
        raise intake.refused(Sentence('it is no object; write {{"pledge": {{"acme-1": {{...}}}}}}'))
    parsed.pop("$schema", None)
    return pruned(parsed, intake)


def write(dataset: Dataset) -> bytes:
    """Write a dataset as JSON; datasets of equal records, in any order, make equal bytes."""
    return dumped(plain_of(dataset), sort=True)


def dumped(plain: Any, *, sort: bool = False) -> bytes:
    """Write plain data as JSON, for people too: indented, its letters as they are."""
    return (json.dumps(plain, ensure_ascii=False, indent=2, sort_keys=sort) + "\n").encode()


def parse(content: bytes, intake: Intake) -> Any:
    """Parse JSON: numbers exactly, and objects that know which of their keys come twice.

    Raises `FileError` for what is no JSON, and for what is nested too deep to be read.
    """
    text = intake.text(content)
    intake.check_values(sum(map(text.count, ",[{=")))
    try:
        return json.loads(
            text,
            object_pairs_hook=KeyTrackingDict.of,
            parse_float=exact,
            parse_int=_integer,
            parse_constant=Unreadable,
        )
    except RecursionError:
        raise intake.refused(Sentence("its objects or lists are nested too deep")) from None
    except json.JSONDecodeError as error:
        raise intake.refused(
            Sentence("it is no JSON: {problem:say}", problem=python_sentence(error.msg)),
            error.lineno,
        ) from None


def _integer(text: str) -> int | Unreadable:
    return int(text) if len(text) <= _DIGITS_AT_MOST else Unreadable(text)
