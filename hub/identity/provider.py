"""What a provider says of itself: where its keys are, and where people sign in (OpenID Connect Discovery)."""

from collections.abc import AsyncIterator, Container, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

import httpx2
import orjson

from hub.identity.errors import ProviderFailed
from hub.identity.issuer_documents import secure
from hub.identity.keys import Key, published

SECONDS = 10.0
ERRORS = frozenset({400, 401})
"""With which a request for a token is refused (RFC 6749, section 5.2)."""
LONGEST = 512 * 1024
"""Bytes that are read of an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """Where to find what; only who signs people in names where they sign in and where codes become tokens."""

    issuer: str
    keys: str
    authorization: str | None
    token: str | None
    sign_out: str | None
    names_itself: bool
    by_post: bool
    """Whether the client's secret must be sent in the form, and not in a header."""


@asynccontextmanager
async def connections() -> AsyncIterator[httpx2.AsyncClient]:
    """Open connections to providers: nothing is followed elsewhere, and nobody is waited for in vain."""
    async with httpx2.AsyncClient(timeout=SECONDS, follow_redirects=False) as client:
        yield client


async def discover(client: httpx2.AsyncClient, issuer: str) -> Provider:
    """Ask an issuer where what is; raises ProviderFailed, also where it calls itself by another name."""
    address = f"{issuer.rstrip('/')}/.well-known/openid-configuration"
    said = await _fetched(client, address)
    if said.get("issuer") != issuer:
        raise ProviderFailed(f"{address} is of another issuer; write `issuer` as it says there")
    keys = _address(said, "jwks_uri", address)
    if keys is None:
        raise ProviderFailed(f"{address} lacks `jwks_uri`")
    methods = said.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    return Provider(
        issuer=issuer,
        keys=keys,
        authorization=_address(said, "authorization_endpoint", address),
        token=_address(said, "token_endpoint", address),
        sign_out=_address(said, "end_session_endpoint", address),
        names_itself=said.get("authorization_response_iss_parameter_supported") is True,
        by_post="client_secret_basic" not in methods and "client_secret_post" in methods,
    )


async def keys_of(client: httpx2.AsyncClient, provider: Provider) -> dict[str | None, Key]:
    """Ask for the keys by which a provider signs; raises ProviderFailed."""
    try:
        found = published(await _fetched(client, provider.keys))
    except ValueError as error:
        raise ProviderFailed(f"{provider.keys}: {error}") from error
    if not found:
        raise ProviderFailed(f"{provider.keys} has no key that can be used")
    return found


async def exchanged(client: httpx2.AsyncClient, address: str, form: str, headers: Mapping[str, str]) -> dict[str, Any]:
    """Send a form and read what comes back, be it an error as OAuth 2 has it; raises ProviderFailed."""
    headers = {"Content-Type": "application/x-www-form-urlencoded", **headers}
    return _object(address, await _read(client, address, {200, *ERRORS}, content=form, headers=headers))


async def _fetched(client: httpx2.AsyncClient, address: str) -> dict[str, Any]:
    return _object(address, await _read(client, address, {200}))


async def _read(
    client: httpx2.AsyncClient,
    address: str,
    taken: Container[int],
    content: str | None = None,
    headers: Mapping[str, str] = MappingProxyType({}),
) -> bytes:
    """Read an answer of one of these kinds, as far as is reasonable; what is sent is sent by POST."""
    said, body = {"Accept": "application/json", **headers}, bytearray()
    method = "GET" if content is None else "POST"
    try:
        async with client.stream(method, address, content=content, headers=said) as answer:
            if answer.status_code not in taken:
                raise ProviderFailed(f"{address} answers {answer.status_code}")
            async for chunk in answer.aiter_bytes():
                body += chunk
                if len(body) > LONGEST:
                    raise ProviderFailed(f"{address} answers more than {LONGEST:,} bytes")
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
        raise ProviderFailed(f"{address} does not answer: {type(error).__name__}") from error
    return bytes(body)


def _object(address: str, body: bytes) -> dict[str, Any]:
    try:
        said = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise ProviderFailed(f"{address} answers no JSON") from error
    if not isinstance(said, dict):
        raise ProviderFailed(f"{address} answers no JSON object")
    return said


def _address(said: dict[str, Any], name: str, where: str) -> str | None:
    """An address that a provider names: where nobody listens in, and on this machine only of a provider there."""
    address = said.get(name)
    if address is None:
        return None
    try:
        is_safe = urlsplit(secure(address)).scheme == urlsplit(where).scheme
    except (ValueError, TypeError, AttributeError):
        is_safe = False
    if not is_safe:
        raise ProviderFailed(f"`{name}` at {where} is no address of https")
    return str(address)
