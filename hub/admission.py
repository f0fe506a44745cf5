"""How people and apps come in, and in the demo those who are made up."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hub import clock
from hub.explorer.routes import DemoExplorer, Explorer
from hub.folder import Folder
from hub.identity.bearer import Door
from hub.identity.claims import Agencies
from hub.identity.issuing import ISSUER, KEY_NAME, KEY_SIZE, development_issuer
from hub.identity.verifier import Verifier
from hub.partnership import Partnership
from hub.settings import Mode
from hub.work.reception import DemoReception, Reception

if TYPE_CHECKING:
    from hub.identity.published_keys import PublishedKeys

QUERY = """\
{
  wards(filter: {vintage: {eq: 2025}}, first: 50) { edges { node { code name } } }
}
"""
"""What the explorer begins with, where the demo does not put its own question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitting:
    """How people and apps come in, and the keys that are to be fetched meanwhile."""

    door: Door
    explorer: Explorer | None = None
    reception: Reception | None = None
    keys: tuple["PublishedKeys", ...] = ()


def roles_of(partnership: Partnership) -> Agencies:
    """The roles of each agency."""
    return {code: frozenset(agency.roles) for code, agency in partnership.items()}


def of_the_demo(folder: Folder, mode: Mode, agencies: Agencies) -> Admitting:
    """Let in people of the demo; raises IssuerRefused in production."""
    issuer = development_issuer(folder.secret(KEY_NAME, KEY_SIZE), mode)
    door = Door(Verifier(issuers={ISSUER: issuer.believed}, agencies=lambda: agencies), clock.moment)
    return Admitting(
        door=door,
        explorer=DemoExplorer(issuer=issuer, clock=clock.moment, query=QUERY),
        reception=DemoReception(issuer=issuer, door=door, clock=clock.moment),
    )
