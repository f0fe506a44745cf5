"""The settings, the data folder and the disk under it."""

import shutil
import stat
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from ipaddress import ip_address
from pathlib import Path

from hub.checkup.finding import Finding, note, ok, wrong
from hub.folder import Folder, FolderError
from hub.settings import NAMES, Mode, Settings

MEGABYTE = 1024 * 1024
TOO_LITTLE, LITTLE = 200, 2048


def examine_settings(settings: Settings, variables: Mapping[str, str]) -> Iterator[Finding]:
    """Say what is configured, and what is configured oddly."""
    yield ok("settings", f"{settings.mode} mode, serves http://{settings.host}:{settings.port}")
    if settings.mode is Mode.PRODUCTION and settings.graph is None:
        yield note(
            "settings",
            "production mode on the embedded engine, which is made for trials on one machine",
            "set HUB_GRAPH_URL to a Neo4j server, or HUB_MODE=demo",
        )
    if settings.mode is Mode.DEMO and not _is_loopback(settings.host):
        yield note(
            "settings",
            f"demo mode hands out tokens, and listens at {settings.host} to other machines",
            "set HUB_HOST=127.0.0.1, or HUB_MODE=production",
        )
    for name in sorted(variables):
        if name.startswith("HUB_") and name not in NAMES and not name.startswith("HUB_TEST_"):
            nearest = get_close_matches(name, NAMES, 1)
            yield note("settings", f"{name} is not a setting", f"meant was {nearest[0]}?" if nearest else "remove it")


def examine_folder(path: Path) -> Iterator[Finding]:
    """Say how the data folder is; makes none."""
    if not path.exists():
        yield note("folder", f"there is no data folder {path} yet", "`hub serve` makes it; HUB_DATA names another")
        return
    try:
        Folder.open(path)
    except FolderError as error:
        yield wrong("folder", str(error))
        return
    yield ok("folder", f"{path}, format {(path / 'format').read_text(encoding='utf-8').strip()}")
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        yield note("folder", "other users of this machine can look into it", f"chmod 700 {path}")
    yield _space(shutil.disk_usage(path).free // MEGABYTE)


def _space(free: int) -> Finding:
    text = f"{free:,} MiB are free"
    if free < TOO_LITTLE:
        return wrong("disk", text, "make room: without it the ledger cannot be written, and nothing is answered")
    if free < LITTLE:
        return note("disk", text, "make room soon")
    return ok("disk", text)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
