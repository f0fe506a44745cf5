"""Media types of GraphQL over HTTP: which one a client reads, and what it means for the status."""

from hub.errors import BadRequest

RESPONSE = "application/graphql-response+json"
JSON = "application/json"
_OFFERED = {RESPONSE: RESPONSE, JSON: JSON, "application/*": JSON, "*/*": JSON}


def negotiate(accept: str | None) -> str:
    """Choose what a client prefers among the two types; JSON for a client that does not say.

    Raises BadRequest with status 406 for a client that reads neither.
    """
    if not accept or not accept.strip():
        return JSON
    best, chosen = 0.0, ""
    for part in accept.split(","):
        name, *parameters = (word.strip().lower() for word in part.split(";"))
        quality = _quality(parameters)
        if name in _OFFERED and quality > best:
            best, chosen = quality, _OFFERED[name]
    if not chosen:
        raise BadRequest(f"accept {RESPONSE} or {JSON}", 406)
    return chosen


def status_for(media_type: str, status: int) -> int:
    """The status to send: clients of plain JSON read a request's errors from the body of a 200."""
    return 200 if media_type == JSON and status == 400 else status  # noqa: PLR2004 - Bad Request


def is_json(content_type: str | None) -> bool:
    """Whether a body says that it is JSON in UTF-8."""
    name, *parameters = (word.strip().lower() for word in (content_type or "").split(";"))
    charsets = [value.strip('"') for key, _, value in (word.partition("=") for word in parameters) if key == "charset"]
    return name == JSON and all(charset in {"utf-8", "utf8"} for charset in charsets)


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip() == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0
