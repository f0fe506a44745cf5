"""The master key that opens what is kept sealed: the deployment's own, or one that the data folder keeps."""

from graph import sealed
from hub.folder import Folder, FolderError
from hub.services import Services
from hub.settings import Settings
from policies.sealing import KEY_SIZE

NAME = "master"


def known_key(settings: Settings, folder: Folder) -> bytes | None:
    """Give the key; None where the folder keeps none."""
    if settings.master_key is not None or not folder.keeps(NAME):
        return settings.master_key
    return folder.secret(NAME, KEY_SIZE)


async def master_key(settings: Settings, services: Services) -> bytes:
    """Give the key, or make one where nothing is sealed yet; raises FolderError where it would open nothing."""
    known = known_key(settings, services.folder)
    if known is None and await sealed.samples(services.store.read):
        raise FolderError(
            f"what is sealed in the graph has no master key: {services.folder.path / 'keys' / NAME} is gone; put it "
            "back, or name it in HUB_MASTER_KEY_FILE; where it is lost for good, name a new one there"
        )
    return known or services.folder.secret(NAME, KEY_SIZE)
