"""From an HTTP request to a GraphQL request; whatever is not one raises BadRequest."""

from collections.abc import AsyncIterable, Mapping
from typing import Any

import orjson

from hub.answers import GraphQLRequest
from hub.errors import BadRequest
from hub.media import is_json

LONGEST = 1_048_576


async def from_body(content_type: str | None, chunks: AsyncIterable[bytes]) -> GraphQLRequest:
    """Read a POST: JSON in UTF-8, at most a mebibyte."""
    if not is_json(content_type):
        raise BadRequest("send the request as application/json in UTF-8", 415)
    body = bytearray()
    async for chunk in chunks:
        body += chunk
        if len(body) > LONGEST:
            raise BadRequest(f"the request is longer than {LONGEST} bytes", 413)
    return from_members(_json(bytes(body), "the body"), read_only=False)


def from_query(parameters: Mapping[str, str]) -> GraphQLRequest:
    """Read a GET: the same members as parameters, variables and extensions in JSON."""
    members: dict[str, Any] = {name: parameters[name] for name in ("query", "operationName") if parameters.get(name)}
    for name in ("variables", "extensions"):
        if parameters.get(name):
            members[name] = _json(parameters[name].encode(errors="replace"), name)
    return from_members(members, read_only=True)


def _json(text: bytes, what: str) -> object:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise BadRequest(f"{what} is not JSON") from error


def from_members(members: object, *, read_only: bool) -> GraphQLRequest:
    """Read the members of a request, however they came."""
    if not isinstance(members, dict):
        raise BadRequest("the body must be one JSON object; batches are not served")
    query, name = members.get("query"), members.get("operationName")
    variables, extensions = members.get("variables"), members.get("extensions")
    if not isinstance(query, str) or not query.strip():
        raise BadRequest("`query` must be a GraphQL document")
    if name is not None and not isinstance(name, str):
        raise BadRequest("`operationName` must be a string")
    if variables is not None and not isinstance(variables, dict):
        raise BadRequest("`variables` must be an object")
    if extensions is not None and not isinstance(extensions, dict):
        raise BadRequest("`extensions` must be an object")
    return GraphQLRequest(query=query, variables=variables or {}, operation_name=name or None, read_only=read_only)
