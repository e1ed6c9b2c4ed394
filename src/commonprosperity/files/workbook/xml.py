"""XML of strangers, read by expat: without document types, and so without entities of its own."""

from typing import Any
from xml.parsers.expat import ExpatError, ParserCreate, XMLParserType

from commonprosperity.errors import FileError
from commonprosperity.errors.base import sentence_of
from commonprosperity.files.intake import Intake
from commonprosperity.sentence import Sentence


class LocalNames(dict[str, str]):
    """The names of elements and attributes without the prefix of their namespace.

    >>> LocalNames()["x:row"]
    'row'
    """

    def __missing__(self, name: str) -> str:
        self[name] = local = name.rpartition(":")[2]
        return local


def parser(intake: Intake) -> XMLParserType:
    """Return a parser that refuses what no workbook needs.

    A document type could expand or fetch something. Comments and marked text inside a cell are what
    calamine and expat read in two ways.
    """
    made = ParserCreate()

    def refuse(*_: Any) -> None:
        raise intake.refused(Sentence("its XML has a document type, a comment or marked text"))

    made.StartDoctypeDeclHandler = refuse
    made.CommentHandler = refuse
    made.StartCdataSectionHandler = refuse
    return made


def parse(parser: XMLParserType, content: bytes, intake: Intake) -> None:
    """Parse all of a content. Raises `FileError` for what is no XML."""
    try:
        parser.Parse(content, True)  # noqa: FBT003 (the last part of it)
    except FileError:
        raise
    except (ExpatError, LookupError, ValueError) as error:
        raise intake.refused(
            Sentence("its XML cannot be read: {problem:say}", problem=sentence_of(error))
        ) from None
