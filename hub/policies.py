"""The policy documents of a deployment, read from its folder or as they are shipped."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from policies.errors import PolicyError
from policies.findings import Finding

_FOLDERS = ("agreements", "alerts", "criteria", "risk", "scenarios")
_SUFFIXES = (".yaml", ".yml")


def read_policies(folder: Path | None) -> dict[str, str]:
    """Texts by file name (`agreements/asb-panel.yaml`) of a folder, or of the shipped documents.

    Raises PolicyError for a file that is not text or cannot be read.
    """
    root: Traversable = files("policies") if folder is None else folder
    texts = {}
    for prefix, place in (("", root), *((f"{name}/", root / name) for name in _FOLDERS)):
        if not place.is_dir():
            continue
        for entry in sorted(place.iterdir(), key=lambda one: one.name):
            if entry.name.endswith(_SUFFIXES) and not entry.name.startswith(".") and entry.is_file():
                texts[prefix + entry.name] = _text(prefix + entry.name, entry)
    return texts


def _text(name: str, file: Traversable) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"not UTF-8 text (byte {error.start})"
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
    raise PolicyError([Finding(file=name, line=1, severity="error", message=message)])
