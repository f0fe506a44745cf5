"""A provider that says and signs whatever a test wants: for what no sound provider would ever do."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs

from joserfc import jws
from joserfc.jwk import ECKey, RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.support.http_server import serving

DISCOVERY = "/.well-known/openid-configuration"
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
Signer = RSAKey | ECKey
ALGORITHMS = {"RSA": "RS256", "EC": "ES256"}


def rsa(ident: str, size: int = 2048) -> RSAKey:
    return RSAKey.generate_key(size, {"kid": ident, "use": "sig"})


def curve(ident: str) -> ECKey:
    return ECKey.generate_key("P-256", {"kid": ident, "use": "sig"})


@dataclass(slots=True)
class Scripted:
    """`answers` are by path, where not the usual ones; `asked` are the paths that were, in turn.

    `said` is what discovery says besides, and `forms` are what was sent for a token.
    """

    keys: list[Signer]
    issuer: str = ""
    answers: dict[str, Response] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    said: dict[str, Any] = field(default_factory=dict)
    forms: list[dict[str, Any]] = field(default_factory=list)

    async def answer(self, request: Request) -> Response:
        path = request.url.path
        self.asked.append(path)
        usual = await self._usual(request, path)
        return self.answers.get(path, usual)

    async def _usual(self, request: Request, path: str) -> Response:
        if path == DISCOVERY:
            places = {"jwks_uri": "keys", "authorization_endpoint": "authorize", "token_endpoint": "token"}
            named = {name: f"{self.issuer}/{place}" for name, place in places.items()}
            return JSONResponse({"issuer": self.issuer, **named, **self.said})
        if path == "/token":
            self.forms.append({**parse_qs((await request.body()).decode()), "by": request.headers.get("authorization")})
        return JSONResponse({"keys": [key.as_dict(private=False) for key in self.keys]})

    def token(self, key: Signer | None = None, header: dict[str, Any] | None = None, **claims: object) -> str:
        """Sign claims by a key, its own where none is given; a claim that is None is left out."""
        key = key or self.keys[0]
        moment = int(NOW.timestamp())
        usual = {"iss": self.issuer, "aud": "concord", "sub": "jo", "iat": moment, "exp": moment + 600}
        said = {**usual, "roles": ["asb_officer"], **claims}
        named = {"alg": ALGORITHMS[key.key_type], "typ": "at+jwt", "kid": key.kid, **(header or {})}
        head = {name: value for name, value in named.items() if value is not None}
        body = json.dumps({name: value for name, value in said.items() if value is not None})
        return jws.serialize_compact(head, body, key, algorithms=[head["alg"]])


@contextmanager
def scripted(*keys: Signer) -> Iterator[Scripted]:
    """Serve one on a port of its own."""
    provider = Scripted(keys=list(keys))
    app = Starlette(routes=[Route("/{rest:path}", provider.answer, methods=["GET", "POST"])])
    with serving(app) as address:
        provider.issuer = address
        yield provider
