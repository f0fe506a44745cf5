"""Whose tokens are believed: the documents, and whether each issuer says by which keys it signs."""

from collections.abc import AsyncIterator

from httpx2 import AsyncClient

from hub.admission import roles_of
from hub.checkup.finding import Finding, note, ok, wrong
from hub.identity.errors import IssuersUnusable, ProviderFailed
from hub.identity.issuer_documents import IssuerDocument, read_issuers
from hub.identity.provider import connections, discover, keys_of
from hub.partnership import read_partnership
from hub.settings import Mode, Settings
from policies.errors import PolicyError


async def examine_issuers(settings: Settings) -> AsyncIterator[Finding]:
    """Say who can sign in, and ask each issuer for its keys."""
    if settings.mode is Mode.DEMO:
        return
    if settings.issuers is None:
        yield note(
            "issuers", "HUB_ISSUERS is not set, so nobody can sign in", "set it to the folder of their documents"
        )
        return
    try:
        documents = read_issuers(settings.issuers, roles_of(read_partnership(settings.policies)))
    except PolicyError:
        return  # which is told of the policies
    except IssuersUnusable as error:
        for line in str(error).splitlines():
            yield wrong("issuers", line, "until it is mended the hub does not serve")
        return
    if not documents:
        yield note("issuers", f"{settings.issuers} has no document, so nobody can sign in")
    if settings.url is None and any(one.sign_in is not None for one in documents.values()):
        yield wrong("issuers", "people sign in, and HUB_URL does not say where browsers find the hub", "set HUB_URL")
    async with connections() as client:
        for name, document in documents.items():
            yield await _asked(client, name, document)


async def _asked(client: AsyncClient, name: str, document: IssuerDocument) -> Finding:
    whose = " and ".join(document.agencies)
    try:
        keys = await keys_of(client, await discover(client, document.issuer))
    except ProviderFailed as error:
        return wrong("issuers", f"{name}: {error}", f"until it answers nobody of {whose} can sign in")
    return ok("issuers", f"{name} publishes {len(keys)} keys, and speaks for {whose}")
