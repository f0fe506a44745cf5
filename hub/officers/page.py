"""The matrix as a page to print and to sign: one file that needs no other."""

from collections.abc import Iterable, Mapping
from html import escape
from importlib.resources import files
from string import Template

from hub.officers import wording
from hub.officers.chapters import Chapter
from hub.officers.terminal import HEADINGS, rows, title


def page(chapters: Iterable[Chapter], limits: Mapping[str, Iterable[str]], day: str, policy_hash: str) -> str:
    """The page for a day (ISO); `limits` are those that there are, each with whom it spares."""
    template = Template((files("hub.officers") / "page.html").read_text(encoding="utf-8"))
    return template.substitute(
        day=escape(day),
        policy=escape(policy_hash),
        conditions="\n".join(_definition(name, [said]) for name, said in wording.MEANINGS.items()),
        limits="\n".join(_definition(name, spared or ["spares nobody"]) for name, spared in limits.items()),
        chapters="\n".join(map(_section, chapters)),
    )


def _definition(name: str, said: Iterable[str]) -> str:
    return f"<dt>{escape(name)}</dt>" + "".join(f"<dd>{escape(one)}</dd>" for one in said)


def _section(chapter: Chapter) -> str:
    heading = escape(title(chapter))
    columns = "".join(f'<th scope="col">{escape(one)}</th>' for one in HEADINGS)
    body = "\n".join(_row(cells) for cells in rows(chapter))
    return (
        f"<section>\n<table>\n<caption>{heading}</caption>\n"
        f"<thead><tr>{columns}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>\n</section>"
    )


def _row(cells: Iterable[str]) -> str:
    first, second, *others = (escape(cell) for cell in cells)
    headers = f'<th scope="row">{first}</th><th scope="row">{second}</th>'
    return f"<tr>{headers}{''.join(f'<td>{cell}</td>' for cell in others)}</tr>"
