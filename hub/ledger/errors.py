"""What can go wrong with the ledger before anything is recorded.

LedgerError
|-- LedgerBusy      every chain that the folder may hold is being written
`-- LedgerTampered  what stands in a segment does not fit together
"""


class LedgerError(Exception):
    """The base of the package's errors; a failed write is the port's LedgerUnavailable."""


class LedgerBusy(LedgerError):  # noqa: N818 - named as the state that it reports
    """No chain is free."""


class LedgerTampered(LedgerError):  # noqa: N818 - named as the state that it reports
    """A complete line does not fit its chain."""
