"""What a page offers to do: as much as the agreements let whoever looks at it do for their purpose.

That comes of agreements, of who looks and, on a page of a case, of which agency leads it, where the page tells that. It
comes of no record: so by a form that is not there nobody is told more than what agreements give their own role, which
the hub says to whoever tries; and where the page does not know who leads, it hides nothing for that. A form that stands
there may still be refused, and the refusal says so.
"""

from collections.abc import Mapping
from typing import Any

from graph.vocabulary import Node
from hub.work.pages import Page
from hub.work.repertoire import ACTS


def permitted(data: Mapping[str, Any], page: Page) -> frozenset[str]:
    """Give the mutations that may be done to something; to a case, to those of the agency that leads this one."""
    thing = data[page.thing] if page.thing is not None else None
    lead = thing.get("leadAgency") if thing is not None else None
    return frozenset(
        one["mutation"]
        for one in data["me"]["may"]
        if lead is None or one["type"] != Node.CASE or lead in one["owners"]
    )


def offered(may: frozenset[str], page: Page) -> frozenset[str]:
    """Give the forms of a page, by the names of their acts, that do what may be done."""
    return frozenset(act.name for act in ACTS if act.page is page and act.mutation in may)
