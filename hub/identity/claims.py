"""What a token says, and the principal that is made of it."""

from collections.abc import Mapping
from typing import Any

from joserfc.errors import ClaimError, ExpiredTokenError, MissingClaimError
from joserfc.jwt import JWTClaimsRegistry

from hub.identity.errors import Unauthenticated
from policies.viewer import Principal
from policies.vocabulary import PUBLIC

AUDIENCE = "concord"
LEEWAY_SECONDS = 5
"""How far the clocks of an issuer and of the hub may be apart."""

Agencies = Mapping[str, frozenset[str]]
"""The partner agencies by code, each with the roles in which somebody acts for it."""


def check(claims: dict[str, Any], issuer: str, now: int) -> None:
    """Check issuer, audience and times (`now` in seconds since 1970); raises Unauthenticated."""
    wanted = JWTClaimsRegistry(
        now=now,
        leeway=LEEWAY_SECONDS,
        iss={"essential": True, "value": issuer},
        aud={"essential": True, "value": AUDIENCE},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
        nbf={"essential": True},
    )
    try:
        wanted.validate(claims)
    except ExpiredTokenError as error:
        raise Unauthenticated("the token has expired") from error
    except MissingClaimError as error:
        raise Unauthenticated(f"the token lacks {error.description.rpartition(' ')[2]}") from error
    except ClaimError as error:
        raise Unauthenticated(_REASONS.get(error.claim, "the token says something unreadable")) from error


def principal(claims: Mapping[str, Any], agencies: Agencies) -> Principal:
    """Make a principal of checked claims; raises Unauthenticated where its agency or a role is not known."""
    agency, roles = claims.get("agency"), _words(claims, "roles")
    if not isinstance(agency, str) or not agency:
        raise Unauthenticated("the token names no agency")
    if agency not in agencies:
        raise Unauthenticated("the agency of the token is not a partner here")
    if not roles:
        raise Unauthenticated("the token names no role")
    if not roles <= agencies[agency] - {PUBLIC}:
        raise Unauthenticated("the token names a role that its agency does not have")
    subject = claims.get("sub")
    if not isinstance(subject, str) or not subject or not subject.isprintable():
        raise Unauthenticated(_REASONS["sub"])
    return Principal(subject=subject, agency=agency, roles=roles, wards=_words(claims, "wards"))


_REASONS = {
    "iss": "the token is of another issuer",
    "aud": "the token is for another audience",
    "sub": "the subject of the token is unreadable",
    "exp": "the expiry of the token is unreadable",
    "nbf": "the token does not hold yet",
    "iat": "the token was issued in the future",
}


def _words(claims: Mapping[str, Any], name: str) -> frozenset[str]:
    words = claims.get(name, [])
    if not isinstance(words, list) or not all(isinstance(word, str) and word and word.isprintable() for word in words):
        raise Unauthenticated(f"the {name} of the token are unreadable")
    return frozenset(words)
