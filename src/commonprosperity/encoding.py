"""Decodes a file: as UTF-8, or in the encoding that the caller names.

Its error names the encoding that the bytes seem to be in.
"""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from unicodedata import category

from commonprosperity.errors import FileError
from commonprosperity.patterns import pattern
from commonprosperity.quoting import brief, label
from commonprosperity.sentence import Sentence

# UTF-32's mark in little endian starts with that of UTF-16.
_MARKS = {
    BOM_UTF32_LE: "utf-32",
    BOM_UTF32_BE: "utf-32",
    BOM_UTF16_LE: "utf-16",
    BOM_UTF16_BE: "utf-16",
}
_LOOKED_AT = 20_000  # bytes
_SYLLABLES_AT_LEAST = 8
_LONG_RUN = pattern(r"[^\x00-\x7f\W]{3,}")
_MARKS_OF_TEXTS = frozenset("‚„“”‘’«»‹›–—…•§°©®™€\xa0\xad·´")
_WESTERN = _MARKS_OF_TEXTS | frozenset(
    "àáâãäåæçèéêëìíîïñòóôõöøùúûüÿßœšžÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜŒŠŽ£¥¢¿¡ªº½¼¾²³±µ×"
)
_CENTRAL_EUROPEAN = _MARKS_OF_TEXTS | frozenset(
    "ąćęłńóśźżĄĆĘŁŃÓŚŹŻáčďéěíňřšťúůýžÁČĎÉĚÍŇŘŠŤÚŮÝŽäöüőűÄÖÜŐŰôľĺŕßçëăâîşĂÂÎŞđĐ"
)


def decoded(content: bytes, encoding: str | None, place: str) -> str:
    """Decode UTF-8, with or without a byte order mark, or the encoding that the caller names.

    >>> decoded("腾讯".encode(), None, "mine.csv"), decoded("腾讯".encode("gbk"), "gbk", "mine.csv")
    ('腾讯', '腾讯')

    Raises `FileError` for NUL bytes, and for bytes in another encoding, which it names.
    """
    if encoding is not None:
        return _checked(_named(content, encoding, place), place)
    codec = next((codec for mark, codec in _MARKS.items() if content.startswith(mark)), None)
    codec = codec or _bare_utf_16(content)
    if codec:
        problem = Sentence(
            "it is in {name}; {way_out:say}", name=codec[:6].upper(), way_out=_way_out(codec)
        )
        raise FileError.at(place, problem)
    try:
        text = content.removeprefix(BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        problem = _not_utf_8(content, error.start)
        raise FileError.at(_line(content, error.start, place), problem) from None
    return _checked(text, place)


def _line(content: bytes, at: int, place: str) -> str:
    """Return the line of a byte in the file."""
    above = content.count(b"\n", 0, at)
    return f"{place}:{above + 1}"


def _named(content: bytes, encoding: str, place: str) -> str:
    """Decode in the encoding that the caller names."""
    try:
        return content.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        problem = Sentence(
            "it is not in {encoding} (byte {number} does not fit)",
            encoding=label(encoding), number=error.start + 1,
        )  # fmt: skip
        raise FileError.at(_line(content, error.start, place), problem) from None
    except (LookupError, UnicodeError):
        problem = Sentence(
            "{encoding} is no encoding of texts; give gbk, big5, cp1252, ...",
            encoding=brief(encoding),
        )
        raise FileError.at(place, problem) from None


def _checked(text: str, place: str) -> str:
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        problem = Sentence("it has a NUL byte, which no text has; is it a text file?")
        raise FileError.at(f"{place}:{line}", problem)
    return text


def _bare_utf_16(content: bytes) -> str | None:
    """Return the codec of UTF-16 without a mark: every other byte is mostly NUL, as in ASCII."""
    start = content[: _LOOKED_AT // 2 * 2]
    nulls = {"utf-16-be": start[::2].count(0), "utf-16-le": start[1::2].count(0)}
    codec = max(nulls, key=nulls.__getitem__)
    return codec if nulls[codec] * 4 > len(start) > 0 else None


def _not_utf_8(content: bytes, at: int) -> Sentence:
    name, codec = _likely(content)
    looks = Sentence("it looks like {name}", name=name) if name else Sentence("is it a text file?")
    return Sentence(
        "it is not in UTF-8 (byte {number} does not fit); {looks:say}; {way_out:say}",
        number=at + 1, looks=looks, way_out=_way_out(codec),
    )  # fmt: skip


def _way_out(codec: str) -> Sentence:
    if codec:
        return Sentence('save it in UTF-8, or give encoding="{codec}"', codec=codec)
    return Sentence("save it in UTF-8")


def _likely(content: bytes) -> tuple[str, str]:
    """Return the name and the codec of the encoding in which the text is plausible, if any."""
    ends = content[:_LOOKED_AT].rfind(b"\n") + 1 if len(content) > _LOOKED_AT else 0
    start = content[: ends or None][: 2 * _LOOKED_AT]
    for name, codec, plausible in (
        ("EUC-KR", "cp949", _is_common_korean),
        ("GBK (GB 18030)", "gb18030", _is_common_chinese),
        ("Big5", "big5", _is_common_chinese),
        ("Shift JIS", "cp932", _is_japanese),
        ("Windows-1252", "cp1252", _is_western),
        ("Windows-1251", "cp1251", _is_cyrillic),
        ("Windows-1250", "cp1250", _is_central_european),
    ):
        try:
            text = start.decode(codec)
        except UnicodeDecodeError:
            continue
        if plausible(text, codec):
            return name, codec
    return "", ""


def _is_common_chinese(text: str, codec: str) -> bool:
    """Whether most characters outside ASCII are everyday Chinese ones.

    The first level of GB 2312, and of Big5, holds the few thousand characters in daily use; a
    text in another encoding falls all over the table.
    """
    others = re.findall(r"[^\x00-\x7f]", text)
    lead = [other.encode(codec)[0] for other in others]
    first, last = (0xA1, 0xD7) if codec == "gb18030" else (0xA1, 0xC6)
    daily = [
        other
        for other, byte in zip(others, lead, strict=True)
        if first <= byte <= last and (category(other) == "Lo" or byte in {0xA1, 0xA3})
    ]
    return len(daily) * 10 >= len(others) * 9


def _is_common_korean(text: str, codec: str) -> bool:
    """Whether all are Korean syllables in daily use, and more than a name or two.

    GBK has the first third of the everyday Chinese characters in their place, so a short Chinese
    text may look Korean, and a longer one does not.
    """
    others = re.findall(r"[^\x00-\x7f]", text)
    lead = [other.encode(codec)[0] for other in others]
    return len(others) >= _SYLLABLES_AT_LEAST and all(0xB0 <= byte <= 0xC8 for byte in lead)  # noqa: PLR2004 (where these are)


def _is_japanese(text: str, _: str) -> bool:
    """Whether a good part of the characters outside ASCII are kana of full width."""
    others = re.findall(r"[^\x00-\x7f]", text)
    kana = re.findall(r"[\u3040-\u30ff]", text)
    return len(kana) * 4 >= len(others)


def _is_western(text: str, _: str) -> bool:
    """Whether there are letters and marks that Western European languages use, among ASCII.

    Never several such letters beside one another: Russian in Windows-1251 reads Ãàçïðîì here.
    """
    others = re.findall(r"[^\x00-\x7f]", text)
    is_among_ascii = len(others) * 3 <= len(text) and not _LONG_RUN.search(text)
    return is_among_ascii and _WESTERN.issuperset(others)


def _is_cyrillic(text: str, _: str) -> bool:
    """Whether nearly all letters outside ASCII are Russian or Ukrainian, and most in long words."""
    letters = re.findall(r"[^\x00-\x7f\W]", text)
    cyrillic = [letter for letter in letters if "\u0400" <= letter <= "\u0491"]
    in_words = sum(map(len, _LONG_RUN.findall(text)))
    return len(cyrillic) * 10 >= len(letters) * 9 and in_words * 2 >= len(letters)


def _is_central_european(text: str, _: str) -> bool:
    """Whether there are letters and marks that Polish, Czech or Hungarian use, among ASCII."""
    others = re.findall(r"[^\x00-\x7f]", text)
    return len(others) * 3 <= len(text) and _CENTRAL_EUROPEAN.issuperset(others)
