"""Checks: what does not add up in a dataset, a module for each kind of finding.

Figures are compared with the rounding that their sources give them (half of the last digit) and a
tolerance for the rate; amounts of different currencies meet at the rate of the value date.
"""

from commonprosperity.checks.finding import Finding, Findings, Severity

__all__ = ["Finding", "Findings", "Severity"]
