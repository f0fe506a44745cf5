"""The issuers of the partner agencies, put together: whose tokens are believed, and where people sign in."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from hub import clock
from hub.admission import QUERY, Admitting
from hub.explorer.routes import SessionExplorer
from hub.folder import Folder
from hub.identity.bearer import Door
from hub.identity.claims import Agencies, Reading
from hub.identity.code_flow import CodeFlow
from hub.identity.errors import IssuersUnusable
from hub.identity.issuer_documents import IssuerDocument, SignIn, read_issuers
from hub.identity.issuing import KEY_SIZE, SESSION_KEY_NAME, TokenIssuer, session_issuer
from hub.identity.provider import connections
from hub.identity.published_keys import PublishedKeys
from hub.identity.verifier import Issuer, Verifier
from hub.settings import Settings
from hub.watch import PolicyWatch
from hub.work.agency_reception import AgencyReception, Entrance
from hub.work.reception import SIGN_IN
from policies.viewer import Principal
from policies.vocabulary import Purpose


@asynccontextmanager
async def federated(
    settings: Settings, folder: Folder, policies: PolicyWatch, agencies: Agencies
) -> AsyncIterator[Admitting]:
    """Let in whom the documents of issuers say; raises IssuersUnusable."""
    documents = {} if settings.issuers is None else read_issuers(settings.issuers, agencies)
    async with connections() as client:
        keys = {name: PublishedKeys(issuer=one.issuer, client=client) for name, one in documents.items()}
        sessions = _sessions(folder, documents)
        issuers = [issuer_of(one, keys[name]) for name, one in documents.items()]
        issuers += [one.believed for one in sessions.values()]
        door = Door(Verifier(issuers={one.name: one for one in issuers}, agencies=lambda: agencies), clock.moment)
        reception = explorer = None
        if sessions:
            url, purposes = _url(settings), _purposes(policies)
            explorer = SessionExplorer(query=QUERY, door=door, purposes=purposes)
            flows = {name: _flow(url, name, documents[name], keys[name], agencies) for name in sessions}
            reception = AgencyReception(
                door=door,
                clock=clock.moment,
                is_secure=url.startswith("https:"),
                entrances={name: Entrance(flow=flows[name], issuer=one) for name, one in sessions.items()},
                purposes=purposes,
                url=url,
            )
        yield Admitting(door=door, explorer=explorer, reception=reception, keys=tuple(keys.values()))


def _reading(document: IssuerDocument) -> Reading:
    """How what an issuer says is read."""
    claims = document.claims
    return Reading(
        subject=claims.subject,
        agency=claims.agency,
        roles=claims.roles,
        wards=claims.wards,
        agencies=frozenset(document.agencies),
        words={role: frozenset(words) for role, words in document.roles.items()},
        qualified=True,
    )


def issuer_of(document: IssuerDocument, keys: PublishedKeys) -> Issuer:
    """What a verifier has to know of an issuer."""
    types = {word.lower() for word in document.token_types}
    return Issuer(
        name=document.issuer,
        keys=keys,
        algorithms=document.algorithms,
        audience=document.audience,
        types=frozenset(types | {f"application/{word}" for word in types}),
        reading=_reading(document),
    )


def _sessions(folder: Folder, documents: Mapping[str, IssuerDocument]) -> dict[str, TokenIssuer]:
    """What signs for who signed in, for each issuer at which people do; none is believed beyond its agencies."""
    entered = {name: one for name, one in documents.items() if one.sign_in is not None}
    if not entered:
        return {}
    secret = folder.secret(SESSION_KEY_NAME, KEY_SIZE)
    return {name: session_issuer(secret, name, one.agencies) for name, one in entered.items()}


def _flow(url: str, name: str, document: IssuerDocument, keys: PublishedKeys, agencies: Agencies) -> CodeFlow:
    sign_in = document.sign_in
    if sign_in is None:
        raise IssuersUnusable(f"{name}.yaml has no `sign_in`")
    return CodeFlow(
        sign_in=sign_in,
        secret=_secret(name, sign_in),
        algorithms=document.algorithms,
        reading=_reading(document),
        keys=keys,
        agencies=lambda: agencies,
        clock=clock.moment,
        back=f"{url}{SIGN_IN}/{name}/done",
    )


def _secret(name: str, sign_in: SignIn) -> str | None:
    if sign_in.secret_file is None:
        return None
    try:
        secret = Path(sign_in.secret_file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise IssuersUnusable(f"{name}.yaml: `secret_file` names no file that can be read") from error
    if not secret:
        raise IssuersUnusable(f"{name}.yaml: the file that `secret_file` names is empty")
    return secret


def _url(settings: Settings) -> str:
    if settings.url is None:
        raise IssuersUnusable("people sign in by a document of HUB_ISSUERS; set HUB_URL to where browsers find the hub")
    return settings.url


def _purposes(policies: PolicyWatch) -> Callable[[Principal], tuple[Purpose, ...]]:
    return lambda who: policies.current.purposes(who.agency, who.roles, clock.today())
