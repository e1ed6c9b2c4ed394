"""The records: sources, companies, initiatives, pledges and figures, as plain facts.

A record is frozen and hashable, holds tuples and never lists, and links to other records by their
ids, so that a dataset can check the links. Only the fields without a default are required. A field
that is a period takes its text or a date, one that is money takes its text, and one that is an
enumeration takes its value. A record shows the facts that it is given, as a table and in its repr.
What is meant for readers may be given in Chinese too: ``name_zh`` beside ``name``, and so for
``title``, ``funder``, ``recipient``, ``locator`` and ``note``. Chinese tables and pages show it.
"""

from commonprosperity.records.company import Company
from commonprosperity.records.facts import in_two_languages
from commonprosperity.records.figure import Figure
from commonprosperity.records.initiative import Initiative
from commonprosperity.records.kinds import Record
from commonprosperity.records.names import name_in
from commonprosperity.records.pledge import (
    NEGATIVE_PLEDGE,
    PLEDGE_FIELDS,
    SEVERAL,
    TEXTS,
    Instrument,
    InstrumentName,
    Pledge,
    Stage,
    StageName,
    format_amount,
    tag_keys,
)
from commonprosperity.records.source import Source

__all__ = [
    "NEGATIVE_PLEDGE",
    "PLEDGE_FIELDS",
    "SEVERAL",
    "TEXTS",
    "Company",
    "Figure",
    "Initiative",
    "Instrument",
    "InstrumentName",
    "Pledge",
    "Record",
    "Source",
    "Stage",
    "StageName",
    "format_amount",
    "in_two_languages",
    "name_in",
    "tag_keys",
]
