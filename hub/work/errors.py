"""Why a page is not shown.

WorkError
|-- SignedOut    nobody is signed in, or not any more, or no longer for this purpose
`-- NotAnswered  the hub refuses or cannot answer what the page asks
"""


class WorkError(Exception):
    """The base of the package's errors."""


class SignedOut(WorkError):  # noqa: N818 - named as the state that it reports
    """Leads to the page on which people sign in."""


class NotAnswered(WorkError):  # noqa: N818 - a refusal is not a failure
    """Carries the sentence that may be read, and the status that the answer has over HTTP."""

    def __init__(self, message: str, status: int, correlation: str | None) -> None:
        super().__init__(message)
        self.status = status
        self.correlation = correlation
