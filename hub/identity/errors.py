"""Why nobody is signed in.

IdentityError
|-- Unauthenticated   the request bears no token that holds; the message is for people
|-- IssuerRefused     the development issuer must not work here
`-- PersonUnknown     nobody in the demo bears this name
"""


class IdentityError(Exception):
    """The base of the package's errors."""


class Unauthenticated(IdentityError):  # noqa: N818 - named as the code that the client reads
    """No token, or one that does not hold; `challenge` is the value of WWW-Authenticate."""

    def __init__(self, reason: str, challenge: str = "Bearer") -> None:
        super().__init__(reason)
        self.challenge = challenge


class IssuerRefused(IdentityError):  # noqa: N818 - named as the state that it reports
    """Tokens of the development issuer are not for this mode."""


class PersonUnknown(IdentityError):  # noqa: N818 - named as what the user reads
    """Nobody in the demo bears this name."""
