"""Refuses XML that is no document of IATI, or is of a version that we do not read."""

import re

from commonprosperity.files.intake import Intake
from commonprosperity.files.xml import Element
from commonprosperity.quoting import brief, label
from commonprosperity.sentence import Sentence

_ROOT = "iati-activities"


def check_root(root: Element, intake: Intake) -> None:
    """Refuse a document without activities of IATI 2.0x.

    Raises `FileError`, which names what it is.
    """
    version = root.get("version")
    if root.name != _ROOT:
        problem = Sentence(
            "its root is <{name}>; the activities of IATI are in <{root}>",
            name=label(root.name), root=_ROOT,
        )  # fmt: skip
    elif version is None:
        problem = Sentence(
            'it does not say its version; IATI writes <iati-activities version="2.03">'
        )
    elif re.fullmatch(r"1(\.[0-9]+)?", version):
        problem = Sentence(
            "IATI {version} has another structure, and letters for types; ask its publisher "
            "for 2.03, or convert it",
            version=version,
        )
    elif not re.fullmatch(r"2\.0[1-9]", version):
        problem = Sentence("its version is {version}; IATI 2.0x is read", version=brief(version))
    else:
        return
    raise intake.refused(problem, root.line)
