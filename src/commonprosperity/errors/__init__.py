"""Every error that the library raises, and its sentence.

Each error is also the builtin error that it resembles, keeps its facts as attributes, and reads
as a sentence for the person who made the mistake: the value at fault, what was expected, the way
out. An error prints on one line (a `DatasetError` on one for each fault), without a character that
would act on the terminal. It is pickled and copied with its facts, which are its arguments::

    CommonProsperityError
    ├── AmountError (ValueError)
    │   ├── AmbiguousAmountError
    │   ├── InexactAmountError
    │   ├── RateContradictionError
    │   └── ZeroAmountError (ZeroDivisionError)
    ├── CellError (ValueError)
    ├── CountryError (ValueError)
    ├── CurrencyError (ValueError)
    ├── CurrencyMismatchError (ValueError)
    ├── DatasetError (ValueError)
    │   ├── ConstantPriceError
    │   ├── FileError
    │   └── LayoutError
    ├── DatasetNotFoundError (LookupError)
    ├── DownloadError (OSError)
    ├── FieldError (LookupError)
    ├── FormatError (ValueError)
    ├── GroupNotFoundError (KeyError)
    ├── LocaleError (ValueError)
    ├── MissingExtraError (ImportError)
    ├── PeriodComparisonError (TypeError)
    ├── PeriodError (ValueError)
    ├── PriceNotFoundError (LookupError)
    ├── RateNotFoundError (LookupError)
    │   └── MissingRatesError
    ├── RecordError (ValueError)
    ├── RecordNotFoundError (KeyError)
    ├── SharedDatasetNameError (LookupError)
    ├── SharedNameError (LookupError)
    ├── StyleError (ValueError)
    ├── TextError (ValueError)
    ├── UnitError (ValueError)
    └── ValueNotFoundError (LookupError)

A `DoubleCountWarning` is a warning of its own, and a `Fault` is what a `DatasetError` holds.
"""

from commonprosperity.errors.amounts import (
    AmbiguousAmountError,
    AmountError,
    CurrencyError,
    CurrencyMismatchError,
    FormatError,
    InexactAmountError,
    LocaleError,
    StyleError,
    TextError,
    UnitError,
    ZeroAmountError,
)
from commonprosperity.errors.base import (
    CommonProsperityError,
    DoubleCountWarning,
    MissingExtraError,
)
from commonprosperity.errors.datasets import (
    DatasetError,
    DatasetNotFoundError,
    Fault,
    FileError,
    LayoutError,
    SharedDatasetNameError,
)
from commonprosperity.errors.periods import PeriodComparisonError, PeriodError
from commonprosperity.errors.prices import ConstantPriceError, CountryError, PriceNotFoundError
from commonprosperity.errors.rates import (
    DownloadError,
    MissingRatesError,
    RateContradictionError,
    RateNotFoundError,
)
from commonprosperity.errors.records import (
    CellError,
    FieldError,
    GroupNotFoundError,
    RecordError,
    RecordNotFoundError,
    SharedNameError,
    ValueNotFoundError,
)

__all__ = [
    "AmbiguousAmountError",
    "AmountError",
    "CellError",
    "CommonProsperityError",
    "ConstantPriceError",
    "CountryError",
    "CurrencyError",
    "CurrencyMismatchError",
    "DatasetError",
    "DatasetNotFoundError",
    "DoubleCountWarning",
    "DownloadError",
    "Fault",
    "FieldError",
    "FileError",
    "FormatError",
    "GroupNotFoundError",
    "InexactAmountError",
    "LayoutError",
    "LocaleError",
    "MissingExtraError",
    "MissingRatesError",
    "PeriodComparisonError",
    "PeriodError",
    "PriceNotFoundError",
    "RateContradictionError",
    "RateNotFoundError",
    "RecordError",
    "RecordNotFoundError",
    "SharedDatasetNameError",
    "SharedNameError",
    "StyleError",
    "TextError",
    "UnitError",
    "ValueNotFoundError",
    "ZeroAmountError",
]

for _name in __all__:  # a traceback names an error as users catch it
    globals()[_name].__module__ = __name__
