"""Records that supersede one of another stage, and should be a part of it instead."""

from collections.abc import Iterator

from commonprosperity.checks.examination import Examination
from commonprosperity.checks.finding import Finding, Severity
from commonprosperity.counting import is_nothing
from commonprosperity.records import Pledge
from commonprosperity.records.labels import ONE_OF_STAGE
from commonprosperity.sentence import Sentence


def check_successors(examination: Examination) -> Iterator[Finding]:
    """Find records that supersede one of another stage; a withdrawal may have any stage."""
    for pledge in examination.pledges:
        older = examination.book.by_id.get(pledge.supersedes or "")
        if not isinstance(older, Pledge) or is_nothing(pledge):
            continue
        if older.stage is not pledge.stage:
            message = Sentence(
                "{id} is {stage:say} and supersedes {older}, {older_stage:say}; a change of stage "
                "is no new version: write part_of instead of supersedes",
                id=pledge.id, stage=ONE_OF_STAGE[pledge.stage],
                older=older.id, older_stage=ONE_OF_STAGE[older.stage],
            )  # fmt: skip
            ids, figures = (older.id, pledge.id), (older.amount, pledge.amount)
            yield Finding(Severity.WARNING, "stage-superseded", ids, message, figures)
