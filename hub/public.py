"""`/refer`: what members of the public tell, without a token. They are answered a reference, and nothing else."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

import orjson
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from hub.answers import Answer, Answerer, GraphQLRequest, failure
from hub.gates import Gate
from hub.journal import REQUEST
from hub.media import JSON, is_json
from hub.public_form import FormError, Wrong, read
from policies.engine import Engine
from policies.viewer import Principal
from policies.vocabulary import PUBLIC, Purpose

LONGEST = 65_536
REFER = """mutation Refer($input: SubmitReferralInput!) { submitReferral(input: $input) { __typename
  ... on ReferralSubmitted { referral { reference } } ... on InvalidInput { fields { path message } } } }"""
_SITE = 64
"""Bits of an IPv6 address that one customer of a provider has."""


def nobody(engine: Engine) -> Principal | None:
    """Who refers where nobody says who they are, of the agency that has the role; None where none has it."""
    code = next((code for code, entry in engine.agencies.items() if PUBLIC in entry.roles), None)
    roles = frozenset({PUBLIC})
    return None if code is None else Principal(subject=PUBLIC, agency=code, roles=roles, wards=frozenset())


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicDesk:
    """Receives referrals as `principal`, as often as the `gate` lets somebody in."""

    answerer: Answerer
    principal: Principal
    gate: Gate
    keys: Callable[[], str]

    async def serve(self, request: Request) -> Response:
        """Answer a POST."""
        wait = await self.gate.come(site(request.client.host if request.client is not None else ""))
        if wait:
            return _refused([((), "too many referrals; send it later")], 429, {"Retry-After": str(math.ceil(wait))})
        if not is_json(request.headers.get("content-type")):
            return _refused([((), "is sent as application/json in UTF-8")], 415)
        try:
            return await self._received(request)
        except FormError as error:
            return _refused(error.wrong)
        except ClientDisconnect:
            return Response(status_code=499)
        except Exception as error:  # noqa: BLE001 - somebody reads a masked answer, whatever happened
            return _response(failure(error, REQUEST.get()))

    async def _received(self, request: Request) -> Response:
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > LONGEST:
                return _refused([((), f"has {LONGEST:,} bytes at the most")], 413)
        given = {**read(bytes(body)), "source": "PUBLIC", "idempotencyKey": self.keys()}
        asked = GraphQLRequest(query=REFER, variables={"input": given}, operation_name="Refer")
        answer = await self.answerer(asked, self.principal, Purpose.ASB_PREVENTION)
        return _told(answer)


def site(host: str) -> str:
    """Name whoever has an address: by all of it, of IPv6 by what one customer has of it."""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or ip_network((address, _SITE), strict=False))
    return host


def _told(answer: Answer) -> Response:
    """Pass on the reference or what is wrong with the input, and nothing else of an answer."""
    body: dict[str, Any] = orjson.loads(answer.body)
    done = (body.get("data") or {}).get("submitReferral") or {}
    match done.get("__typename"):
        case "ReferralSubmitted":
            return _json({"reference": (done["referral"] or {}).get("reference")}, 201)
        case "InvalidInput":
            return _refused([(field["path"][1:], field["message"]) for field in done["fields"]])
        case "NotPermitted":
            return _refused([((), "nothing is received so at the moment")], 403)
        case _:
            return _json({"errors": body.get("errors", [])}, answer.status, dict(answer.headers))


def _refused(wrong: Wrong, status: int = 400, headers: dict[str, str] | None = None) -> Response:
    errors: Sequence[dict[str, Any]] = [{"path": list(path), "message": message} for path, message in wrong]
    return _json({"errors": errors}, status, headers)


def _json(body: dict[str, Any], status: int, headers: dict[str, str] | None = None) -> Response:
    return Response(orjson.dumps(body), status_code=status, media_type=JSON, headers=headers)


def _response(answer: Answer) -> Response:
    return Response(answer.body, status_code=answer.status, media_type=JSON, headers=dict(answer.headers))
