"""Who does something, on whose word and for what reason: what commands ask for, as the ledger keeps it."""

import os
import pwd
from collections.abc import Callable

import click

LONGEST = 200
REASON = "Why: recorded, and asked for if left out."
RULE = "rule:"
"""What no author may begin with: the judgements of rules are signed so."""


def operator() -> str:
    """Who runs this, as the machine knows them: not as a variable says."""
    number = os.getuid()
    try:
        return f"os:{pwd.getpwuid(number).pw_name}"
    except KeyError:
        return f"os:{number}"


def reason(question: str) -> Callable[[click.Context, click.Parameter, str | None], str]:
    """Take the reason from an option, or ask for it in the words of `question`."""

    def taken(ctx: click.Context, param: click.Parameter, value: str | None) -> str:
        return _line(ctx, param, value if value is not None else str(click.prompt(question, err=True)))

    return taken


def author(ctx: click.Context, param: click.Parameter, value: str) -> str:
    """Take on whose word something is done."""
    text = _line(ctx, param, value)
    if text.startswith(RULE):
        raise click.BadParameter(f"nobody's name begins with {RULE!r}", ctx, param)
    return text


def _line(ctx: click.Context, param: click.Parameter, value: str) -> str:
    text = value.strip()
    if not text or len(text) > LONGEST or not text.isprintable():
        raise click.BadParameter(f"write a line of 1 to {LONGEST} characters", ctx, param)
    return text


BY = click.option("--by", metavar="NAME", required=True, callback=author, help="On whose word: recorded with you.")
WHY = click.option("--reason", "why", metavar="TEXT", callback=reason("Why"), help=REASON)
DRY_RUN = click.option("--dry-run", "only_tries", is_flag=True, help="Say what would come of it, and keep nothing.")
