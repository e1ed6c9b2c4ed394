"""What is not as it looks in the numbers of the National Bank of Poland, listed by hand.

Listed are all neighbouring numbers that lie a factor of four or more apart, and what else a second
look at them found. The reasons are our reading of the numbers before and after, and what is
commonly known of the currency; we looked up no announcement of a central bank.
"""

from datetime import date

from commonprosperity.period import Period

REDENOMINATED: dict[str, tuple[date, ...]] = {
    # A bolívar digital is 1,000,000 bolívares soberanos; the code stayed.
    "VES": (date(2021, 10, 1),),
    # A new pound is 100 old ones.
    "SYP": (date(2026, 1, 1),),
    # A second dollar was 1,000 first ones.
    "ZWD": (date(2006, 8, 1),),
    # The dollar of 2019 is another than that of 2009; since May 2024 the numbers are of the ZiG.
    "ZWL": (date(2019, 2, 22), date(2024, 5, 1)),
}
"""The first days of another unit under the same code: no mean goes across, and no number holds."""

WRONG: dict[str, tuple[str, ...]] = {
    # It was 9 francs a dollar in 2000, then 50, and floated in May 2001: the numbers stayed at 4.5.
    "CDF": ("2000-01-01/2001-10-09",),
    # A dollar has been 24 pesos since January 2021: the numbers stayed at 1.
    "CUP": ("2021-01-01/9999-12-31",),
    "GEL": ("2004-10-27",),  # twice the laris before and after it
    "INR": ("1984-01-23", "1988-09-05"),
    # A tenth of what stands before and after it; and the old official rate under the new dinar.
    "IQD": ("1999-09-14/1999-09-28", "2003-10-15/2004-02-17"),
    # The free market's rate, for nine weeks, between official ones.
    "IRR": ("1991-02-22/1991-04-25",),
    "KWD": ("1991-07-08",),  # a quarter of what stands before and after it
    "LYD": ("2011-02-09",),  # twice the dinars before and after it
    "TRL": ("1992-06-10",),
    # Bolívares soberanos, five days after the digital ones came.
    "VES": ("2021-10-01/2021-10-06",),
    "XDR": ("1992-05-08",),  # a digit is missing
    "YUD": ("1985-06-10",),
    # First dollars, a day after the second ones came.
    "ZWD": ("2006-08-01/2006-08-02",),
}
"""Numbers that are dropped, by currency, as days and spans of days."""

REAL: dict[str, tuple[date, ...]] = {
    # Official rates that were given up, on the day of the first number after it.
    "CDF": (date(2001, 10, 23),),
    "IQD": (date(2004, 3, 2),),
    "IRR": (date(2002, 9, 10), date(2026, 1, 14)),
    "LBP": (date(2023, 2, 8), date(2024, 2, 21)),
    "MMK": (date(2012, 1, 4),),
    "NGN": (date(1999, 3, 30),),
    "SDG": (date(2021, 2, 24),),
    "SYP": (date(2023, 8, 2),),
    "VEF": (date(2018, 2, 7),),
    "YUM": (date(2001, 1, 30),),
    "YUN": (date(1992, 1, 28),),
    # Hyperinflation, and in 2008 a float.
    "ZWD": (date(2003, 3, 18), date(2007, 9, 12), date(2008, 5, 14), date(2008, 6, 18)),
    "ZWR": (date(2008, 11, 12), date(2008, 11, 19), date(2008, 12, 17), date(2009, 2, 4)),
}
"""Days on which the numbers of a currency did move by a factor of four: a mean goes across."""


def wrong_periods(code: str) -> list[Period]:
    """Return the days and spans of days on which the numbers of a currency are dropped."""
    return [Period.parse(days) for days in WRONG.get(code, ())]
