"""A machine on which the embedded engine cannot run is told so, with the way out."""

import platform
import sys

import pytest

from hub.engine.errors import EngineError
from hub.engine.java import home


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "arcadedb_embedded", None)
    with pytest.raises(EngineError, match="arcadedb-embedded is not installed; install it, or set HUB_GRAPH_URL"):
        home()


@pytest.mark.parametrize(("version", "runs"), [("2.31", False), ("2.33.9", False), ("2.34", True), ("2.40", True)])
def test_an_old_c_library_is_refused(monkeypatch: pytest.MonkeyPatch, version: str, runs: bool) -> None:  # noqa: FBT001 - a table's column
    monkeypatch.setattr(platform, "libc_ver", lambda: ("glibc", version))
    if runs:
        assert home().name == "arcadedb_embedded"
        return
    with pytest.raises(EngineError, match=f"needs glibc 2.34, this machine has {version}; set HUB_GRAPH_URL"):
        home()
