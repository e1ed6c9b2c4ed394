"""XML of strangers, read piece by piece: what is open is held, and what was closed is let go.

The parser is safe by construction. A document type definition is refused at its first word, and
without one there is no entity to expand and no address to fetch; the parser itself opens nothing.
Elements lie at most so deep, and an element is at most so large, however many there are.
"""

from collections.abc import Callable, Container, Iterator
from pathlib import Path
from typing import IO, Any, NoReturn
from xml.parsers import expat

import attrs

from commonprosperity.errors import FileError
from commonprosperity.errors.python import python_sentence
from commonprosperity.files.intake import Intake
from commonprosperity.sentence import Sentence

_PIECE = 100_000  # characters
_OUTER, _INNER, _DEEPEST = 2, 3, 100  # the depth of elements; the root's is 1
_AN_ELEMENT = 10  # characters that one counts for, besides its name, attributes and text


@attrs.frozen(eq=False)
class Element:
    """An element: its name, its attributes, the line of its start, and what is inside it.

    >>> value = Element("value", {"currency": "EUR"}, 7, ["5,", "000 "])
    >>> value.text, value.get("currency"), value.get("value-date"), value.first("narrative")
    ('5,000', 'EUR', None, None)
    """

    name: str
    attributes: dict[str, str]
    line: int
    texts: list[str] = attrs.field(factory=list)
    children: list["Element"] = attrs.field(factory=list)

    @property
    def text(self) -> str:
        """The text in it, without the spaces around it; not that of its children."""
        return "".join(self.texts).strip()

    def get(self, attribute: str) -> str | None:
        """Return an attribute without the spaces around it, None if it is missing or blank."""
        return self.attributes.get(attribute, "").strip() or None

    def first(self, name: str) -> "Element | None":
        """Return the first child of a name."""
        return next(self.each(name), None)

    def each(self, name: str) -> "Iterator[Element]":
        """Yield the children of a name."""
        return (child for child in self.children if child.name == name)


@attrs.frozen
class Outline:
    """Which elements of a document are wanted: ``inner`` ones, in ``outer`` ones, in the root.

    ``check_root`` refuses a document by its root.
    """

    check_root: Callable[[Element], None]
    outer: str
    inner: Container[str]


def inner_elements(
    file: Path | IO[Any], intake: Intake, outline: Outline
) -> Iterator[tuple[Element, Element]]:
    """Yield each inner element as it is closed, with the outer one that it lies in.

    What has a prefix, or another namespace than the root, is some tool's own and passed over.

    Raises `FileError` for what is no XML, with the line, and for what is too deep or too large.
    """
    reader = None
    for piece in _pieces(file, intake):
        # A text that is decoded already is in UTF-8 here, whatever it says of itself.
        reader = reader or _Reader(intake, outline, "utf-8" if isinstance(piece, str) else None)
        yield from reader.feed(
            piece if isinstance(piece, bytes) else intake.encoded(piece, "utf-8")
        )
    if reader is None:
        raise intake.refused(Sentence("it is empty"))
    yield from reader.feed(b"", is_last=True)


def _pieces(file: Path | IO[Any], intake: Intake) -> Iterator[bytes | str]:
    if intake.encoding is None:
        yield from intake.pieces(file)
    else:
        text = intake.text(intake.read(file))
        yield from (text[at : at + _PIECE] for at in range(0, len(text), _PIECE))


class _Reader:
    """What is open in a document, and the inner elements that were closed last."""

    def __init__(self, intake: Intake, outline: Outline, encoding: str | None) -> None:
        self._intake, self._outline = intake, outline
        self._parser = expat.ParserCreate(encoding)
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._take
        self._parser.StartDoctypeDeclHandler = self._refuse_definitions
        # They cannot be met without a document type; should they be, they are refused as well.
        self._parser.EntityDeclHandler = self._refuse_definitions
        self._parser.ExternalEntityRefHandler = self._refuse_definitions
        self._parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self._fed = 0
        self._depth = 0
        self._passed_over = 0  # the depth of the element that is; 0 where none is
        self._size = 0  # of the inner element that is open
        self._open: list[Element] = []
        self._closed: list[tuple[Element, Element]] = []

    def feed(self, piece: bytes, *, is_last: bool = False) -> list[tuple[Element, Element]]:
        """Parse a further piece, and return the inner elements that it closes."""
        self._closed = []
        self._fed += len(piece)
        try:
            self._parser.Parse(piece, is_last)
        except expat.ExpatError as error:
            raise self._intake.refused(_problem(error), error.lineno) from None
        except FileError:
            raise
        except (ValueError, LookupError):  # of the XML declaration, in the first line
            problem = Sentence(
                "its encoding cannot be read; save it in UTF-8, or name it by encoding="
            )
            raise self._intake.refused(problem, 1) from None
        if self._fed - self._parser.CurrentByteIndex > self._intake.cell_at_most:
            raise self._too_large()  # a tag or a comment that does not end
        return self._closed

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self._refused(
                Sentence("its elements are nested more than {most} deep", most=_DEEPEST)
            )
        if self._passed_over:
            return
        element = Element(name, attributes, self._parser.CurrentLineNumber)
        if not self._is_wanted(element):
            self._passed_over = self._depth
            return
        if self._depth > _INNER:
            self._open[-1].children.append(element)
        self._open.append(element)
        self._grow(_AN_ELEMENT + len(name) + sum(map(len, [*attributes, *attributes.values()])))

    def _is_wanted(self, element: Element) -> bool:
        if self._depth == 1:
            self._outline.check_root(element)
            return True
        namespace = element.get("xmlns")
        if namespace and namespace != self._open[0].get("xmlns"):
            return False
        if self._depth == _OUTER:
            return element.name == self._outline.outer
        if self._depth == _INNER:
            self._size = 0
            return element.name in self._outline.inner
        return ":" not in element.name

    def _take(self, text: str) -> None:
        if not self._passed_over and self._depth >= _INNER:
            self._open[-1].texts.append(text)
            self._grow(len(text))

    def _end(self, _: str) -> None:
        if not self._passed_over:
            element = self._open.pop()
            if self._depth == _INNER:
                self._closed.append((self._open[-1], element))
        elif self._passed_over == self._depth:
            self._passed_over = 0
        self._depth -= 1

    def _grow(self, size: int) -> None:
        self._size += size
        if self._size > self._intake.cell_at_most:
            raise self._too_large()

    def _refuse_definitions(self, *_: object) -> NoReturn:
        problem = Sentence("it has a document type (DTD), by which files can do harm; take it out")
        raise self._refused(problem)

    def _too_large(self) -> FileError:
        problem = Sentence(
            "an element has more than {most} characters; shorten it, or give cell_at_most=",
            most=f"{self._intake.cell_at_most:,}",
        )
        return self._refused(problem)

    def _refused(self, problem: Sentence) -> FileError:
        return self._intake.refused(problem, self._parser.CurrentLineNumber)


_PROBLEMS = {
    "no element found": Sentence("it ends before its elements do; is the file whole?"),
    "unclosed token": Sentence("it ends inside a tag; is the file whole?"),
    "not well-formed (invalid token)": Sentence(
        "it is no XML here; is it in another encoding than it says?"
    ),
}
"""What to say of the commonest errors of the parser, which may be unclear."""


def _problem(error: expat.ExpatError) -> Sentence:
    """Say what is wrong with a document, without the place.

    >>> _problem(expat.ExpatError("mismatched tag: line 9, column 0"))
    'it is no XML: mismatched tag'
    """
    message = str(error).partition(": line ")[0]
    return _PROBLEMS.get(
        message, Sentence("it is no XML: {problem:say}", problem=python_sentence(message))
    )
