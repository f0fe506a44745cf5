"""Why a request is refused as a whole.

ReadRefused
|-- PurposeRequired      it touches more than what is public, and states no purpose
|-- PurposeUnknown       the stated purpose is not a word of the partnership
|-- PurposeNotPermitted  no agreement in force permits it to this viewer
|-- FilterTooWide        a list of people without a filter that narrows
|-- CursorRefused        a cursor of another viewer, filter or order
|-- CostExceeded         more than one answer may hold
`-- InputRefused         an argument that the contract's types let through
"""


class ReadRefused(Exception):  # noqa: N818 - a refusal is not a failure
    """The base of the package's errors; the message is for the client and quotes no stored value."""


class PurposeRequired(ReadRefused):
    """Carries the purposes that this viewer could state."""

    def __init__(self, purposes: tuple[str, ...]) -> None:
        super().__init__(f"state a purpose in Hub-Purpose: {', '.join(purposes) or 'none is open to you today'}")
        self.purposes = purposes


class PurposeUnknown(ReadRefused):
    """The stated purpose does not exist."""


class PurposeNotPermitted(ReadRefused):
    """The purpose exists, but not for this viewer today."""


class FilterTooWide(ReadRefused):
    """Nobody browses a borough."""


class CursorRefused(ReadRefused):
    """The cursor was not issued for this."""


class CostExceeded(ReadRefused):
    """The operation could return too much."""


class InputRefused(ReadRefused):
    """An argument has a value that it cannot have."""
