"""Workbooks of spreadsheets: somebody's table in a sheet, or ours with a sheet for each kind."""

from commonprosperity.files.intake import Intake
from commonprosperity.files.workbook.kinds import is_ours, read_kinds
from commonprosperity.files.workbook.opened import Workbook
from commonprosperity.files.workbook.table import read_table
from commonprosperity.files.workbook.template import template
from commonprosperity.files.workbook.writing import write
from commonprosperity.plain import PlainRecords


def read(content: bytes, intake: Intake) -> PlainRecords:
    """Read the records of a workbook: .xlsx, .xls, .xlsb or .ods, whatever its name says.

    Raises `FileError` for what is no workbook, and for a sheet that is no table of pledges.
    """
    workbook = Workbook.of(content, intake)
    if intake.layout is None and intake.sheet is None and is_ours(workbook):
        return read_kinds(workbook)
    return read_table(workbook, intake)


__all__ = ["read", "template", "write"]
