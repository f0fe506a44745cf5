"""Whom a deployment believes: a document for each issuer of tokens, and for which agencies it may speak."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field

from hub.identity.claims import AUDIENCE
from hub.identity.errors import IssuersUnusable
from hub.settings import LOOPBACK
from policies import phrases
from policies.corpus import Sourced, document
from policies.documents import Document
from policies.findings import Finding, unknown
from policies.phrases import Words
from policies.vocabulary import PUBLIC

MOST_HOURS = 12
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
Algorithm = Literal["RS256", "PS256", "ES256", "Ed25519"]


def secure(url: str) -> str:
    """An address to which nobody listens in: https, or this machine; raises ValueError."""
    parts = urlsplit(url)
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    if not is_safe or not parts.hostname or parts.username is not None or parts.fragment:
        raise ValueError("write an address as https://login.example.org")
    return url


def plain(url: str) -> str:
    """The same without a query, as an issuer is named; raises ValueError."""
    if "?" in url:
        raise ValueError("write an issuer without a query")
    return url


Issuer = Annotated[str, AfterValidator(secure), AfterValidator(plain)]


class Claims(Document):
    """Under which names the issuer says things; several words lead into what is nested."""

    subject: Words = ("sub",)
    agency: Words = ("agency",)
    roles: Words = ("roles",)
    wards: Words = ("wards",)


class SignIn(Document):
    """How people of the issuer's agencies sign in to the pages; without a secret the hub is a public client."""

    title: str = Field(min_length=1, max_length=80)
    client: str = Field(min_length=1)
    secret_file: str | None = None
    scope: str = "openid"
    hours: Annotated[int, Field(ge=1, le=MOST_HOURS)] = 8


class IssuerDocument(Document):
    """An issuer, and what is believed of what it says.

    `roles` names, for each role of the partnership, the words of the issuer that stand for it; without it they are the
    roles themselves. `token_types` is what the header of its access tokens says that they are.
    """

    issuer: Issuer
    agencies: Annotated[Words, Field(min_length=1)]
    audience: str = Field(default=AUDIENCE, min_length=1)
    algorithms: Annotated[tuple[Algorithm, ...], BeforeValidator(phrases.listed), Field(min_length=1)] = ("RS256",)
    token_types: Annotated[tuple[Literal["at+jwt", "JWT"], ...], BeforeValidator(phrases.listed)] = ("at+jwt",)
    claims: Claims = Claims()
    roles: Mapping[str, Words] = {}
    sign_in: SignIn | None = None


Agencies = Mapping[str, frozenset[str]]


def read_issuers(folder: Path, agencies: Agencies) -> dict[str, IssuerDocument]:
    """Read a folder's documents by name; raises IssuersUnusable with all that is wrong with them."""
    findings: list[Finding] = []
    found: dict[str, Sourced[IssuerDocument]] = {}
    for file in sorted(folder.glob("*.yaml")):
        try:
            read = document(file.name, IssuerDocument, file.read_text(encoding="utf-8-sig"), findings)
        except (OSError, UnicodeDecodeError):
            findings.append(Finding(file=file.name, line=1, severity="error", message="cannot be read as UTF-8 text"))
            continue
        if read is not None:
            found[file.stem] = read
    for name, one in found.items():
        findings += _refused(name, one, agencies)
    findings += _twice(found.values())
    if findings:
        raise IssuersUnusable("\n".join(map(str, sorted(findings))))
    return {name: one.model for name, one in found.items()}


def _refused(name: str, sourced: Sourced[IssuerDocument], agencies: Agencies) -> Iterable[Finding]:
    model, text = sourced.model, sourced.text
    if _NAME.fullmatch(name) is None:
        yield text.error("call the file by small letters, digits and hyphens: the name stands in addresses")
    for code in model.agencies:
        if code not in agencies:
            yield text.error(unknown("agency", code, agencies), ("agencies",), code)
    known = frozenset[str]().union(*(agencies.get(code, frozenset()) for code in model.agencies)) - {PUBLIC}
    for role in model.roles:
        if role not in known:
            yield text.error(unknown("role", role, known), ("roles",), role)
    if model.sign_in is not None and model.sign_in.client == model.audience:
        yield text.error(
            "`client` must not be the audience: what says who somebody is would pass for a token", ("sign_in",)
        )


def _twice(found: Iterable[Sourced[IssuerDocument]]) -> Iterable[Finding]:
    seen: dict[str, str] = {}
    for one in found:
        first = seen.setdefault(one.model.issuer, one.text.file)
        if first != one.text.file:
            yield one.text.error(f"this issuer stands in {first} already", ("issuer",))
