"""Why a page is not shown.

BadRequest         what was sent is no form of the hub's
|-- Unfit          what stands in the fields of a form cannot be said as the contract takes it
|-- SignedOut      nobody is signed in, or not any more, or no longer for this purpose
`-- NotAnswered    the hub refuses or cannot answer what the page asks
"""

from typing import TYPE_CHECKING

from hub.errors import BadRequest

if TYPE_CHECKING:
    from collections.abc import Mapping


class Unfit(BadRequest):
    """Carries what is wanted of which fields."""

    def __init__(self, **fields: str) -> None:
        super().__init__("Some of the input is not as it must be.", 422)
        self.fields: Mapping[str, str] = fields


class SignedOut(BadRequest):
    """Leads to the page on which people sign in; `unsent` is a form that was not carried out, which is kept."""

    def __init__(self, message: str) -> None:
        super().__init__(message, 401)
        self.unsent: Mapping[str, str] = {}


class NotAnswered(BadRequest):
    """Carries the sentence that may be read, the status that the answer has over HTTP, and what to quote of it.

    `unsent` is the form of which it is not known whether it was carried out: sent again it changes something once.
    """

    def __init__(self, message: str, status: int, correlation: str | None) -> None:
        super().__init__(message, status)
        self.correlation = correlation
        self.unsent: Mapping[str, str] = {}
