"""What a form sends: read with a bound, and from a page of the hub's own alone."""

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit

from starlette.requests import Request

from hub.errors import BadRequest
from hub.reading import LONGEST

MOST_FIELDS = 250
"""More than the longest form has, a referral with as many rows as the contract takes."""
FORM = "application/x-www-form-urlencoded"


async def read_form(request: Request) -> Mapping[str, str]:
    """Give the fields by name; raises BadRequest for what another page sends, or what is no form."""
    _require_own_page(request)
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
        raise BadRequest("send the form as a browser does", 415)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST:
            raise BadRequest(f"the form is longer than {LONGEST} bytes", 413)
    try:
        return dict(
            parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
        )
    except ValueError as error:  # of which the errors of decoding are a kind
        raise BadRequest("the form cannot be read") from error


def _require_own_page(request: Request) -> None:
    """A browser says from where it sends a form; whatever does not say so is none."""
    origin = request.headers.get("origin")
    if origin is None or urlsplit(origin).netloc != request.headers.get("host"):
        raise BadRequest("this form was not sent from a page of the hub", 403)
