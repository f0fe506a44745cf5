"""Why nobody is signed in.

IdentityError
|-- Unauthenticated   the request bears no token that holds; the message is for people
|   `-- KeyUnknown    its issuer is known, and not the key by which it is signed
|-- SignInRefused     who came back from their agency's provider is not signed in; the message is for people
|-- ProviderFailed    an issuer does not say where its keys are, or does not answer
|-- IssuersUnusable   the documents of the issuers are not as they must be
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


class KeyUnknown(Unauthenticated):
    """Carries the name of the issuer, which may have published the key by now."""

    def __init__(self, issuer: str, challenge: str = "Bearer") -> None:
        super().__init__("the key of the token is not among those that its issuer publishes", challenge)
        self.issuer = issuer


class SignInRefused(IdentityError):  # noqa: N818 - named as what the user reads
    """Somebody comes back from a provider without what it takes."""


class ProviderFailed(IdentityError):  # noqa: N818 - named as the state that it reports
    """The message names the address and what is wrong, never what was sent."""


class IssuersUnusable(IdentityError):  # noqa: N818 - named as the state that it reports
    """The message has a line for each fault, with its document and line."""


class IssuerRefused(IdentityError):  # noqa: N818 - named as the state that it reports
    """Tokens of the development issuer are not for this mode."""


class PersonUnknown(IdentityError):  # noqa: N818 - named as what the user reads
    """Nobody in the demo bears this name."""
