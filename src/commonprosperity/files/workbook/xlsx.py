"""The parts of an xlsx around its sheets: where each sheet is, its formats, when its days begin."""

import posixpath
from collections.abc import Callable, Mapping

from commonprosperity.files.intake import Intake
from commonprosperity.files.workbook.number_format import NumberFormat
from commonprosperity.files.workbook.sheet_xml import SheetXml
from commonprosperity.files.workbook.xml import LocalNames, parse, parser
from commonprosperity.sentence import Sentence

_FOLDER = "xl/"
_TRUE = frozenset({"1", "true"})

Handler = Callable[[str, dict[str, str]], None]


class Xlsx:
    """What stands around the sheets of an xlsx.

    Raises `FileError` for parts that are missing, or are no XML.
    """

    def __init__(self, members: Mapping[str, bytes], intake: Intake) -> None:
        self._members, self._intake = members, intake
        self.counts_from_1904 = self._is_stale = False
        self._relations: dict[str, str] = {}
        self._paths: dict[str, str] = {}
        self._codes: dict[int, str] = {}
        self._formats: dict[str, NumberFormat] = {}
        self._numbers: list[int] = []
        self._is_in_cell_styles = False
        self._go_through("_rels/workbook.xml.rels", self._take_relation)
        self._go_through("workbook.xml", self._take_of_workbook)
        if f"{_FOLDER}styles.xml" in members:
            self._go_through("styles.xml", self._take_style)
        for at, number in enumerate(self._numbers):
            number_format = NumberFormat.of(number, self._codes)
            if number_format:
                self._formats[str(at)] = number_format

    def sheet(self, name: str) -> SheetXml:
        """Return what the XML of a sheet says. Raises `FileError` where it cannot be read."""
        path = self._paths.get(name, "")
        if path not in self._members:
            raise self._intake.refused(Sentence("its parts do not fit together; save it anew"))
        intake = self._intake.inside(name)
        return SheetXml(self._members[path], self._formats, intake, is_stale=self._is_stale)

    def _go_through(self, path: str, take: Handler) -> None:
        if _FOLDER + path not in self._members:
            raise self._intake.refused(
                Sentence("it has no {folder}{path}; is it a workbook?", folder=_FOLDER, path=path)
            )
        names, reader = LocalNames(), parser(self._intake)
        reader.StartElementHandler = lambda name, attributes: take(names[name], attributes)
        parse(reader, self._members[_FOLDER + path], self._intake)

    def _take_relation(self, element: str, attributes: dict[str, str]) -> None:
        if element == "Relationship":
            target = attributes.get("Target", "")
            path = target[1:] if target.startswith("/") else _FOLDER + target
            self._relations[attributes.get("Id", "")] = posixpath.normpath(path)

    def _take_of_workbook(self, element: str, attributes: dict[str, str]) -> None:
        if element == "sheet":
            names = LocalNames()
            ids = {names[key]: value for key, value in attributes.items() if ":" in key}
            self._paths[attributes.get("name", "")] = self._relations.get(ids.get("id", ""), "")
        elif element == "workbookPr":
            self.counts_from_1904 = attributes.get("date1904") in _TRUE
        elif element == "calcPr":
            self._is_stale = attributes.get("fullCalcOnLoad") in _TRUE

    def _take_style(self, element: str, attributes: dict[str, str]) -> None:
        """Take the codes of formats, and which of them each style of cells has."""
        if element == "numFmt":
            number = int(attributes.get("numFmtId", "0"))
            self._codes.setdefault(number, attributes.get("formatCode", ""))
        elif element == "cellXfs":
            self._is_in_cell_styles = True
        elif element == "xf" and self._is_in_cell_styles:
            self._numbers.append(int(attributes.get("numFmtId", "0")))
