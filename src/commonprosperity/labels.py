"""What the stages of money and the steps of a progress are called, in tables, charts and pages."""

from commonprosperity.messages import Sentence
from commonprosperity.records import Stage

STAGE_NAMES = {
    Stage.PLEDGE: Sentence("Promised"),
    Stage.COMMITMENT: Sentence("Committed"),
    Stage.DISBURSEMENT: Sentence("Disbursed"),
}
"""The stages on charts and pages."""

STAGE_COLUMNS = {
    Stage.PLEDGE: "pledged",
    Stage.COMMITMENT: "committed",
    Stage.DISBURSEMENT: "disbursed",
}
"""The stages in tables."""

STEP_NAMES = {
    "pledged": Sentence("Promised in all"),
    "committed": Sentence("Committed in writing, or farther"),
    "disbursed": Sentence("Disbursed"),
    "outstanding": Sentence("Still due where disbursing has begun"),
    "unknown": Sentence("No disbursement known"),
}
"""The amounts of a `Progress`, by field, on charts and pages; in tables the fields themselves."""
