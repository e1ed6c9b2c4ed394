"""XML of strangers: what is read of it, and the bombs that are refused before they go off."""

import io
import tracemalloc
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import commonprosperity as cp
from commonprosperity.files.intake import Intake
from commonprosperity.files.xml import Element, Outline, inner_elements
from commonprosperity.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

ATTRIBUTES = " ".join(f"a{n}=''" for n in range(400_000))
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
DTD = "it has a document type (DTD), by which files can do harm; take it out"


def pairs(content: bytes | str, **intake: Any) -> list[tuple[Element, Element]]:
    file = io.BytesIO(content) if isinstance(content, bytes) else io.StringIO(content)
    outline = Outline(lambda _: None, "outer", {"inner"})
    return [*inner_elements(file, Intake("mine.xml", **intake), outline)]


def read(content: bytes | str, **intake: Any) -> list[tuple[str, int, str, list[str]]]:
    """Return of each inner element its name, its line, its text and the names of its children."""
    return [
        (inner.name, inner.line, inner.text, [child.name for child in inner.children])
        for _, inner in pairs(content, **intake)
    ]


def refusal(content: bytes | str, **intake: Any) -> str:
    with pytest.raises(cp.errors.FileError) as error:
        read(content, **intake)
    return str(error.value)


def test_inner_elements_come_with_the_outer_one_and_nothing_else() -> None:
    content = """<root><inner>no</inner><outer at="1">x<inner a=" 5 ">one <b><c/></b>two</inner>
<other><inner/></other><inner/></outer>
<outer at="2"><inner/></outer><stranger><inner/></stranger></root>"""
    found = pairs(content)
    assert [(outer.get("at"), inner.line) for outer, inner in found] == [
        ("1", 1),
        ("1", 2),
        ("2", 3),
    ]
    first = found[0][1]
    assert (first.text, first.get("a"), first.get("b")) == ("one two", "5", None)
    assert (first.first("b"), first.first("c")) == (first.children[0], None)
    assert [child.name for child in first.children[0].each("c")] == ["c"]
    assert found[0][0] is found[1][0]


def test_elements_of_tools_are_passed_over_whatever_they_hold() -> None:
    assert read(
        '<root xmlns="urn:a"><outer><x:inner/><inner>1<x:b>2<b/></x:b><b/>3</inner>'
        '<inner xmlns="urn:b"><b/></inner><inner xmlns="urn:a"/></outer>'
        '<outer xmlns="urn:b"><inner/></outer><x:outer><inner/></x:outer></root>'
    ) == [("inner", 1, "13", ["b"]), ("inner", 1, "", [])]


@pytest.mark.parametrize(
    "content",
    [
        f'<!DOCTYPE root [<!ENTITY l0 "ha">{LAUGHS}]><root>&l9;</root>',
        f'<!DOCTYPE root [<!ENTITY a "{"a" * 50_000}">]><root>{"&a;" * 50_000}</root>',
        '<!DOCTYPE root [<!ENTITY x SYSTEM "file:///etc/passwd">]><root>&x;</root>',
        '<!DOCTYPE root SYSTEM "http://example.org/x.dtd"><root/>',
        '<!DOCTYPE root PUBLIC "-//X//EN" "http://example.org/x.dtd"><root/>',
        '<!DOCTYPE root [<!ENTITY % x SYSTEM "http://example.org/x.dtd">%x;]><root/>',
        "<!DOCTYPE root [<!ELEMENT root ANY>]><root/>",
        "<!DOCTYPE root><root/>",
    ],
)
def test_document_type_is_refused_at_its_first_word(content: str) -> None:
    tracemalloc.start()
    try:
        assert refusal(f"<?xml version='1.0'?>\n{content}") == f"mine.xml:2: {DTD}"
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_entity_without_a_definition_is_refused_and_the_five_of_xml_are_read() -> None:
    assert refusal("<root>\n&nbsp;</root>") == "mine.xml:2: it is no XML: undefined entity"
    (inner,) = read("<root><outer><inner>&lt;a&amp;&#65;</inner></outer></root>")
    assert inner[2] == "<a&A"


def test_elements_deep_in_one_another_are_refused_wherever_they_are() -> None:
    problem = "mine.xml:1: its elements are nested more than 100 deep"
    inside = "<root><outer><inner>"
    assert refusal("<a>" * 1_000_000) == problem
    assert refusal(f"{inside}{'<b>' * 98}") == problem
    assert refusal(f"<root><outer><stranger>{'<b>' * 98}") == problem
    deepest = f"{inside}{'<b>' * 97}{'</b>' * 97}</inner></outer></root>"
    assert read(deepest) == [("inner", 1, "", ["b"])]


@pytest.mark.parametrize(
    "inner",
    [
        f'<inner a="{"x" * 3_000_000}"/>',
        f"<inner>{'x' * 3_000_000}</inner>",
        f"<inner>{'<b/>' * 300_000}</inner>",
        f"<inner>{'<b>xx</b>' * 200_000}</inner>",
        f"<inner {ATTRIBUTES}/>",
        f"<{'x' * 3_000_000}/>",
        f"<!--{'x' * 3_000_000}-->",
        f"<?x {'x' * 3_000_000}?>",
    ],
    ids=["attribute", "text", "children", "texts", "attributes", "name", "comment", "instruction"],
)
def test_element_that_is_too_large_is_refused(inner: str) -> None:
    assert refusal(f"<root><outer>{inner}</outer></root>") == (
        "mine.xml:1: an element has more than 1,000,000 characters; shorten it, or give cell_at_most="
    )


def test_size_is_that_of_each_inner_element() -> None:
    inner = "<inner a='b'>12345</inner>"  # 10 + 5 + 2 + 5 characters
    many = f"<root><outer>{inner * 100}</outer></root>"
    assert len(read(many, cell_at_most=100)) == 100
    one = "<root><outer>\n<inner a='b'>{}</inner></outer></root>"
    assert len(read(one.format("x" * 83), cell_at_most=100)) == 1
    assert "has more than 100 characters" in refusal(one.format("x" * 84), cell_at_most=100)
    strangers = f"<root><outer><s>{'x' * 3_000_000}</s><inner/></outer></root>"
    assert read(strangers) == [("inner", 1, "", [])]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("<root><outer>\n", ":2: it ends before its elements do; is the file whole?"),
        ("<root><outer>\n<inn", ":2: it ends inside a tag; is the file whole?"),
        ("<root>\n</ruut>", ":2: it is no XML: mismatched tag"),
        ("company,amount\nA,1\n", ":1: it is no XML: syntax error"),
        ('{"grants": []}', ":1: it is no XML here; is it in another encoding than it says?"),
        ("", ": it is empty"),
        ("  \n", ":2: it ends before its elements do; is the file whole?"),
        ("<root a='1' a='2'/>", ":1: it is no XML: duplicate attribute"),
        ("<root/><root/>", ":1: it is no XML: junk after document element"),
        ("<root>\n\x0b</root>", ":2: it is no XML here; is it in another encoding than it says?"),
    ],
)
def test_what_is_no_xml_is_refused_with_its_line(content: str, problem: str) -> None:
    assert refusal(content) == f"mine.xml{problem}"
    assert refusal(content.encode()) == f"mine.xml{problem}"


SAID = "<root><outer><inner>£ é 腾讯</inner></outer></root>"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_encodings_of_xml_itself_are_read(encoding: str) -> None:
    content = SAID if encoding != "utf-16-le" else f"\ufeff{SAID}"
    assert read(content.encode(encoding)) == [("inner", 1, "£ é 腾讯", [])]


def test_encoding_is_the_one_that_the_file_or_the_caller_says() -> None:
    head = '<?xml version="1.0" encoding="{}"?>'
    latin = SAID.replace(" 腾讯", "")
    assert read((head.format("windows-1252") + latin).encode("cp1252"))[0][2] == "£ é"
    assert refusal(latin.encode("cp1252")).endswith("is it in another encoding than it says?")
    for declared in ("gbk", "big5", "nonsense"):
        assert refusal((head.format(declared) + SAID).encode("utf-8")) == (
            "mine.xml:1: its encoding cannot be read; save it in UTF-8, or name it by encoding="
        )
    chinese = (head.format("gbk") + SAID.replace("£ é ", "")).encode("gbk")
    assert read(chinese, encoding="gbk")[0][2] == "腾讯"
    assert "is not in big5" in refusal("é".encode("cp1252") * 9, encoding="big5")
    # What is open as a text is decoded, whatever its first line says.
    assert read(head.format("gbk") + SAID) == [("inner", 1, "£ é 腾讯", [])]


def test_lone_surrogate_in_an_open_text_is_refused() -> None:
    assert refusal("<root>\udc80</root>") == (
        "mine.xml: its text is in another encoding; open it for bytes"
    )


def test_file_is_read_piece_by_piece_up_to_its_limit(tmp_path: Path) -> None:
    class Pieces(io.RawIOBase):
        """Gives the content of a file in small pieces."""

        def __init__(self, content: bytes) -> None:
            self._content = io.BytesIO(content)

        def read(self, size: int = -1) -> bytes:
            assert 0 < size <= 100_001
            return self._content.read(min(size, 7))

    content = SAID.encode()
    outline = Outline(lambda _: None, "outer", {"inner"})

    def texts(file: Any, **intake: Any) -> list[str]:
        return [inner.text for _, inner in inner_elements(file, Intake("x", **intake), outline)]

    assert texts(Pieces(content)) == ["£ é 腾讯"]
    path = tmp_path / "mine.xml"
    path.write_bytes(content)
    assert texts(path, bytes_at_most=len(content)) == ["£ é 腾讯"]
    with pytest.raises(cp.errors.FileError, match="it has more than 40 bytes; divide it"):
        texts(path, bytes_at_most=40)
    with pytest.raises(cp.errors.FileError, match="No such file"):
        texts(tmp_path / "none.xml")


def test_memory_is_that_of_what_is_open_and_not_of_the_file() -> None:
    class Endless(io.RawIOBase):
        """Gives so many elements, made when they are asked for."""

        def __init__(self, inner: int) -> None:
            self._pieces: Iterator[bytes] = iter(
                [
                    b"<root><outer>",
                    *([b"<inner a='b'>text</inner>" * 1_000] * inner),
                    b"</outer></root>",
                ]
            )

        def read(self, _: int = -1) -> bytes:
            return next(self._pieces, b"")

    def peak(inner: int) -> int:
        outline = Outline(lambda _: None, "outer", {"inner"})
        intake = Intake("x", bytes_at_most=10**9)
        tracemalloc.start()
        try:
            file: Any = Endless(inner)
            count = 0
            for _ in inner_elements(file, intake, outline):
                count += 1
            assert count == inner * 1_000
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert peak(40) < 2 * peak(4)


def test_root_may_refuse_a_document() -> None:
    def check_root(root: Element) -> None:
        problem = Sentence(f"not {root.name} {root.get('v')}")
        raise cp.errors.FileError.at(f"mine.xml:{root.line}", problem)

    outline = Outline(check_root, "outer", {"inner"})
    with pytest.raises(cp.errors.FileError, match=r"mine\.xml:2: not root 1\.05"):
        [*inner_elements(io.BytesIO(b"\n<root v='1.05'>"), Intake("mine.xml"), outline)]
