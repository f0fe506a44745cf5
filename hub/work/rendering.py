"""Pages as they are sent: templates that escape all they are given, and a policy that lets nothing else run."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from hub.work import absences, drawing, options, referral_readings, words
from hub.work.choices import CHOICES

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
READS = (
    *(words.label, words.words, words.day, words.moment, words.shown, words.answers, words.withheld),
    *(
        options.pair,
        options.planned,
        options.titled,
        options.options,
        options.routed,
        options.telling,
        options.somebody,
        options.ties,
    ),
    *(options.addressed, options.involvements, absences.away, absences.yesterday, drawing.newest, drawing.sketch),
)
"""What templates read values by, under its own name."""


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
    made.filters |= {read.__name__: read for read in READS}
    made.tests |= {"overdue": words.is_overdue, "late": words.is_late}
    made.globals |= {**CHOICES, "sheet_around": drawing.Sheet.around, "rows": referral_readings.rows}
    return made
