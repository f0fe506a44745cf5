"""The Authorization header: bearer tokens as RFC 6750 has them, and the challenge that answers a wrong one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from authlib.oauth2 import OAuth2Error
from authlib.oauth2.rfc6749 import ResourceProtector
from authlib.oauth2.rfc6750 import BearerTokenValidator, InvalidTokenError

from hub.identity.errors import KeyUnknown, Unauthenticated
from hub.identity.verifier import Verifier
from policies.viewer import Principal

REALM = "concord"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Request:
    headers: Mapping[str, str]


class _Tokens(BearerTokenValidator):  # type: ignore[misc]  # authlib has no types
    def __init__(self, verifier: Verifier, clock: Callable[[], datetime]) -> None:
        super().__init__(realm=REALM)
        self._verifier = verifier
        self._clock = clock

    def authenticate_token(self, token_string: str) -> Principal:
        try:
            return self._verifier.verify(token_string, self._clock())
        except Unauthenticated as error:
            raise InvalidTokenError(str(error), realm=REALM) from error

    def validate_token(self, token: Principal, scopes: None, request: _Request) -> None:
        """Nothing more: a principal is a token that holds, and the agreements know no scopes."""


class Door:
    """Lets in who bears a token that holds."""

    def __init__(self, verifier: Verifier, clock: Callable[[], datetime]) -> None:
        self._verifier = verifier
        self._protector = ResourceProtector()
        self._protector.register_token_validator(_Tokens(verifier, clock))

    async def meet(self, authorization: str | None) -> Principal:
        """Say who the header's bearer is, and where its issuer has other keys by now, by those; raises as `admit`."""
        try:
            return self.admit(authorization)
        except KeyUnknown as error:
            if not await self._verifier.learn(error.issuer):
                raise
        return self.admit(authorization)

    def admit(self, authorization: str | None) -> Principal:
        """Say who the header's bearer is; raises Unauthenticated with the challenge to send."""
        headers = {"Authorization": authorization} if authorization else {}
        try:
            principal = self._protector.validate_request(None, _Request(headers=headers))
        except InvalidTokenError as error:
            challenge = dict(error.get_headers())["WWW-Authenticate"]
            if isinstance(error.__cause__, KeyUnknown):
                raise KeyUnknown(error.__cause__.issuer, challenge) from error
            raise Unauthenticated(error.description, challenge) from error
        except OAuth2Error as error:
            raise Unauthenticated("send a token: Authorization: Bearer TOKEN", f'Bearer realm="{REALM}"') from error
        if not isinstance(principal, Principal):
            raise Unauthenticated("the token could not be read")
        return principal
