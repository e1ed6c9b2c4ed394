"""The types of transactions of IATI 2.0x, and what they are here.

They are those of its code list TransactionType: https://iatistandard.org/en/iati-standard/203/codelists/
"""

from commonprosperity.records import Stage

STAGES = {
    "12": Stage.PLEDGE,
    "13": Stage.PLEDGE,
    "2": Stage.COMMITMENT,
    "11": Stage.COMMITMENT,
    "3": Stage.DISBURSEMENT,
    "4": Stage.DISBURSEMENT,
}
"""The stage of each type that is money on its way; the others come back, or came before."""

TYPES = {
    "1": "incoming funds",
    "2": "outgoing commitment",
    "3": "disbursement",
    "4": "expenditure",
    "5": "interest payment",
    "6": "loan repayment",
    "7": "reimbursement",
    "8": "purchase of equity",
    "9": "sale of equity",
    "10": "credit guarantee",
    "11": "incoming commitment",
    "12": "outgoing pledge",
    "13": "incoming pledge",
}

INCOMING = frozenset({"11", "13"})
OUTGOING = frozenset({"2", "12"})
