"""Activities of IATI 2.0x: the International Aid Transparency Initiative, https://iatistandard.org.

Its XML is only read.
"""

from functools import partial
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import IO, Any

from commonprosperity.book import FAULTS_AT_MOST
from commonprosperity.files.iati.activity import ELEMENTS, Activity
from commonprosperity.files.iati.reading import Reading
from commonprosperity.files.iati.version import check_root
from commonprosperity.files.intake import Intake
from commonprosperity.files.xml import Outline, inner_elements
from commonprosperity.plain import PlainRecords

_ELEMENTS_READ = frozenset({*ELEMENTS, "transaction"})


def read(file: Path | IO[Any], intake: Intake) -> PlainRecords:
    """Read the activities of a file one after the other, and make the records of them.

    Raises `FileError` for what is no such XML; the fault of a record has the line of its element.
    """
    outline = Outline(partial(check_root, intake=intake), "iati-activity", _ELEMENTS_READ)
    reading = Reading(intake)
    elements = inner_elements(file, intake, outline)
    for outer, inside in groupby(elements, key=itemgetter(0)):
        reading.take(Activity(outer), (element for _, element in inside))
        if len(reading.faults) >= FAULTS_AT_MOST:
            break
    return reading.plain_records()


__all__ = ["read"]
