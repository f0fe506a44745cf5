"""What the server needs to run: its own libraries, which Maven fetches, and a Java that it supports."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.support.missing import NotInstalled

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / ".neo4j"
LIBRARIES = FOLDER / "lib"
POM = Path(__file__).with_name("pom.xml")
JAVAS = (17, 21)
PACKAGES = ("maven", "openjdk-17-jre-headless")
HOW = "`make neo4j` fetches and starts it"


def java() -> Path:
    """Find a Java that the server runs on, which the embedded engine's is not; raises NotInstalled."""
    for candidate in _candidates():
        told = subprocess.run([candidate, "-version"], capture_output=True, check=False, text=True).stderr
        version = re.search(r'version "(\d+)', told)
        if version and int(version[1]) in JAVAS:
            return candidate
    raise NotInstalled(f"Neo4j needs Java {' or '.join(map(str, JAVAS))} (on Debian: {PACKAGES[1]}); {HOW}")


def libraries() -> Path:
    """Give the folder of the server's libraries; raises NotInstalled."""
    if not LIBRARIES.is_dir():
        raise NotInstalled(f"Neo4j is not installed; {HOW}")
    return LIBRARIES


def fetch() -> None:
    """Fetch what is missing, once; as root also the Debian packages that it takes. Raises NotInstalled."""
    _provide_packages()
    java()
    if LIBRARIES.is_dir():
        return
    FOLDER.mkdir(exist_ok=True)
    part = FOLDER / "lib.part"
    shutil.rmtree(part, ignore_errors=True)
    goal = ("dependency:copy-dependencies", "-DincludeScope=runtime", f"-DoutputDirectory={part}")
    _run("mvn", "--quiet", "--batch-mode", "--no-transfer-progress", "--file", str(POM), *goal)
    part.rename(LIBRARIES)


def _candidates() -> Iterator[Path]:
    if "JAVA_HOME" in os.environ:
        yield from Path(os.environ["JAVA_HOME"]).glob("bin/java")
    if found := shutil.which("java"):
        yield Path(found)
    yield from sorted(Path("/usr/lib/jvm").glob("*/bin/java"))


def _provide_packages() -> None:
    if _is_provided():
        return
    wanted = " ".join(PACKAGES)
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise NotInstalled(f"Neo4j needs Maven and Java 17 (on Debian, as root: apt-get install {wanted})")
    _run("apt-get", "update")
    _run("apt-get", "install", "--yes", "--no-install-recommends", *PACKAGES)


def _is_provided() -> bool:
    try:
        java()
    except NotInstalled:
        return False
    return LIBRARIES.is_dir() or bool(shutil.which("mvn"))


def _run(*command: str) -> None:
    """Run a command; raises NotInstalled with its last words."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, text=True)
    if done.returncode:
        words = [line for line in done.stdout.splitlines() if line.strip()][-3:]
        raise NotInstalled(f"Neo4j cannot be fetched, as `{' '.join(command[:2])}` fails: {' / '.join(words)}")
