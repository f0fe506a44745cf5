"""What is kept sealed: whether the master key opens it."""

import secrets

from graph import sealed
from hub.checkup.finding import Finding, ok, wrong
from hub.master_key import known_key
from hub.services import Services
from hub.settings import Settings
from policies.sealing import Seal

REMEDY = "put back the key that sealed it: see HUB_MASTER_KEY_FILE; until then"


async def examine_sealed(settings: Settings, services: Services) -> Finding:
    """Try the key on what was sealed first and last; changes nothing."""
    narratives = await sealed.samples(services.store.read)
    key = known_key(settings, services.folder)
    if not narratives:
        return ok("sealed", "nothing is sealed yet")
    if key is None:
        return wrong("sealed", "narratives are sealed, and there is no master key", f"{REMEDY} the hub does not start")
    seal = Seal(master=key, chance=secrets.token_bytes)
    if not all(map(seal.opens, narratives)):
        return wrong(
            "sealed", "the master key does not open every narrative that was tried", f"{REMEDY} it is told as an error"
        )
    return ok("sealed", "the master key opens the first narrative and the last")
