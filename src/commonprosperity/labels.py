"""What stages, instruments and the steps of a progress are called: tables, charts, pages."""

from commonprosperity.messages import Sentence
from commonprosperity.records import Instrument, Stage

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

INSTRUMENT_NAMES = {
    Instrument.CASH: Sentence("Given in cash"),
    Instrument.SHARES: Sentence("Given in shares"),
    Instrument.LOAN: Sentence("Given as loans"),
    Instrument.IN_KIND: Sentence("Given in kind"),
    None: Sentence("In what is not said"),
}
"""The instruments on pages; None is where no pledge says it."""

INSTRUMENT_ROWS = {
    Instrument.CASH: "in cash",
    Instrument.SHARES: "in shares",
    Instrument.LOAN: "as loans",
    Instrument.IN_KIND: "in kind",
    None: "not said in what",
}
"""The instruments in tables."""

STEP_NAMES = {
    "pledged": Sentence("Promised in all"),
    "committed": Sentence("Committed in writing, or farther"),
    "disbursed": Sentence("Disbursed"),
    "outstanding": Sentence("Still due where disbursing has begun"),
    "unknown": Sentence("No disbursement known"),
}
"""The amounts of a `Progress`, by field, on charts and pages; in tables the fields themselves."""
