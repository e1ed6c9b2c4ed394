"""What stages, instruments and the steps of a progress are called: tables, charts, pages."""

from enum import StrEnum

from commonprosperity.records.pledge import Instrument, Stage
from commonprosperity.sentence import Sentence
from commonprosperity.wording import Qualifier

STAGE_NAMES = {
    Stage.PLEDGE: Sentence("Promised"),
    Stage.COMMITMENT: Sentence("Committed"),
    Stage.DISBURSEMENT: Sentence("Disbursed"),
}
"""The stages on charts and pages."""

STAGE_COLUMNS = {
    Stage.PLEDGE: Sentence("pledged"),
    Stage.COMMITMENT: Sentence("committed"),
    Stage.DISBURSEMENT: Sentence("disbursed"),
}
"""The stages in tables."""

ONE_OF_STAGE = {
    Stage.PLEDGE: Sentence("a pledge"),
    Stage.COMMITMENT: Sentence("a commitment"),
    Stage.DISBURSEMENT: Sentence("a disbursement"),
}
"""The stages in sentences: "x is a pledge"."""

INSTRUMENT_NAMES = {
    Instrument.CASH: Sentence("Given in cash"),
    Instrument.SHARES: Sentence("Given in shares"),
    Instrument.LOAN: Sentence("Given as loans"),
    Instrument.IN_KIND: Sentence("Given in kind"),
    None: Sentence("In what is not said"),
}
"""The instruments on pages; None is where no pledge says it."""

INSTRUMENT_ROWS = {
    Instrument.CASH: Sentence("in cash"),
    Instrument.SHARES: Sentence("in shares"),
    Instrument.LOAN: Sentence("as loans"),
    Instrument.IN_KIND: Sentence("in kind"),
    None: Sentence("not said in what"),
}
"""The instruments in tables."""

VALUES: dict[StrEnum, Sentence] = {
    Stage.PLEDGE: Sentence("pledge"),
    Stage.COMMITMENT: Sentence("commitment"),
    Stage.DISBURSEMENT: Sentence("disbursement"),
    Instrument.CASH: Sentence("cash"),
    Instrument.SHARES: Sentence("shares"),
    Instrument.LOAN: Sentence("loan"),
    Instrument.IN_KIND: Sentence("in_kind"),
    Qualifier.EXACT: Sentence("exact"),
    Qualifier.ABOUT: Sentence("about"),
    Qualifier.AT_LEAST: Sentence("at_least"),
    Qualifier.UP_TO: Sentence("up_to"),
}
"""The values of enumerations as they stand in files, for tables."""

STEP_NAMES = {
    "pledged": Sentence("Promised in all"),
    "committed": Sentence("Committed in writing, or farther"),
    "disbursed": Sentence("Disbursed"),
    "outstanding": Sentence("Still due where disbursing has begun"),
    "unknown": Sentence("No disbursement known"),
}
"""The amounts of a `Progress`, by field, on charts and pages; in tables the fields themselves."""
