"""What a token says, and the principal that is made of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from joserfc.errors import ClaimError, ExpiredTokenError, MissingClaimError
from joserfc.jwt import JWTClaimsRegistry

from hub.identity.errors import Unauthenticated
from policies.viewer import Principal
from policies.vocabulary import PUBLIC

AUDIENCE = "concord"
LONGEST = 255
"""Letters of a subject (OpenID Connect Core, section 2)."""
LEEWAY_SECONDS = 5
"""How far the clocks of an issuer and of the hub may be apart."""

Agencies = Mapping[str, frozenset[str]]
"""The partner agencies by code, each with the roles in which somebody acts for it."""

Way = tuple[str, ...]
"""The name of a claim, or those that lead to one that is nested."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How what an issuer says is read, and of which agencies it is believed; None is of any.

    With `words` a role is what one of its words stands for, and all else that the issuer says is not for the hub.
    What a partner's issuer calls somebody is `qualified` by the agency: others may call somebody else the same.
    """

    subject: Way = ("sub",)
    agency: Way = ("agency",)
    roles: Way = ("roles",)
    wards: Way = ("wards",)
    agencies: frozenset[str] | None = None
    words: Mapping[str, frozenset[str]] = field(default_factory=dict)
    qualified: bool = False

    def principal(self, claims: Mapping[str, Any], agencies: Agencies) -> Principal:
        """Make a principal of checked claims; raises Unauthenticated where its agency or a role is not known."""
        agency = self._agency(claims)
        if agency not in agencies:
            raise Unauthenticated("the agency of the token is not a partner here")
        roles = self._roles(claims)
        if not roles:
            raise Unauthenticated("the token names no role")
        if not roles <= agencies[agency] - {PUBLIC}:
            raise Unauthenticated("the token names a role that its agency does not have")
        subject = _said(claims, self.subject, None)
        if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST or not subject.isprintable():
            raise Unauthenticated(_REASONS["sub"])
        named = f"{agency}:{subject}" if self.qualified else subject
        return Principal(subject=named, agency=agency, roles=roles, wards=_words(claims, self.wards, "wards"))

    def _agency(self, claims: Mapping[str, Any]) -> str:
        """The agency that is named; an issuer of one agency need not name it, and may name no other."""
        agency = _said(claims, self.agency, None)
        if agency is None and self.agencies is not None and len(self.agencies) == 1:
            (agency,) = self.agencies
        if not isinstance(agency, str) or not agency:
            raise Unauthenticated("the token names no agency")
        if self.agencies is not None and agency not in self.agencies:
            raise Unauthenticated("the issuer of the token may not speak for this agency")
        return agency

    def _roles(self, claims: Mapping[str, Any]) -> frozenset[str]:
        said = _words(claims, self.roles, "roles")
        return frozenset(role for role, words in self.words.items() if words & said) if self.words else said


def check(claims: dict[str, Any], issuer: str, audience: str, now: int) -> None:
    """Check issuer, audience and times (`now` in seconds since 1970); raises Unauthenticated."""
    wanted = JWTClaimsRegistry(
        now=now,
        leeway=LEEWAY_SECONDS,
        iss={"essential": True, "value": issuer},
        aud={"essential": True, "value": audience},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
    )
    try:
        wanted.validate(claims)
    except ExpiredTokenError as error:
        raise Unauthenticated("the token has expired") from error
    except MissingClaimError as error:
        raise Unauthenticated(f"the token lacks {error.description.rpartition(' ')[2]}") from error
    except ClaimError as error:
        raise Unauthenticated(_REASONS.get(error.claim, "the token says something unreadable")) from error


_REASONS = {
    "iss": "the token is of another issuer",
    "aud": "the token is for another audience",
    "sub": "the subject of the token is unreadable",
    "exp": "the expiry of the token is unreadable",
    "nbf": "the token does not hold yet",
    "iat": "the token was issued in the future",
}


def _said(claims: Mapping[str, Any], way: Way, otherwise: Any) -> Any:  # noqa: ANN401 - whatever the token says
    """What stands there, where anything does; a name that is nested leads through what has names."""
    here: Any = claims
    for name in way:
        if not isinstance(here, Mapping) or name not in here:
            return otherwise
        here = here[name]
    return here


def _words(claims: Mapping[str, Any], way: Way, what: str) -> frozenset[str]:
    words = _said(claims, way, [])
    if not isinstance(words, list) or not all(isinstance(word, str) and word and word.isprintable() for word in words):
        raise Unauthenticated(f"the {what} of the token are unreadable")
    return frozenset(words)
