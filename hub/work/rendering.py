"""Pages as they are sent: templates that escape all they are given, and a policy that lets nothing else run."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from graph.vocabulary import CaseRole
from hub.work import words
from hub.work.pages import CASE_TYPES, STATES
from policies.vocabulary import ReferralRoute

FOLDER = Path(__file__).parent
SOURCES = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
)
HEADERS = {
    "Content-Security-Policy": "; ".join(SOURCES),
    # with none at all, browsers do not say from where a form comes
    "Referrer-Policy": "same-origin",
}


def page(request: Request, template: str, status: int = 200, **values: object) -> HTMLResponse:
    """Render a template."""
    text = _environment().get_template(f"{template}.html").render(path=request.url.path, **values)
    return HTMLResponse(text, status_code=status, headers=HEADERS)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "label": words.label,
        "pair": words.pair,
        "planned": words.planned,
        "titled": words.titled,
        "options": words.options,
        "words": words.words,
        "day": words.day,
        "moment": words.moment,
        "shown": words.shown,
        "withheld": words.withheld,
    }
    made.tests |= {"overdue": words.is_overdue, "late": words.is_late}
    made.globals |= {
        "states": STATES,
        "case_types": CASE_TYPES,
        "routes": tuple(ReferralRoute),
        "roles": tuple(CaseRole),
    }
    return made
