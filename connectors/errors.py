"""What can go wrong while reading strangers' data.

ConnectorError
|-- FileRefused        a file that cannot be read at all
|-- BadValue           one value that cannot be read; becomes a reject and never leaves the package
|-- MappingError       a mapping that does not say what it should
|-- ConnectorUnknown   no connector bears the name that was asked for
`-- ImportRefused      an import that cannot begin as it was asked for
"""


class ConnectorError(Exception):
    """The base of what goes wrong while reading strangers' data."""


class FileRefused(ConnectorError):  # noqa: N818 - named as what the user reads
    """A file that cannot be read at all; the message says what was found instead. Nothing of it is stored."""


class BadValue(ConnectorError):  # noqa: N818 - named as what it is
    """One value that cannot be read; the message says why and never quotes it."""


class MappingError(ConnectorError):
    """A mapping that does not say what it should; the message names the file and the place in it."""


class ConnectorUnknown(ConnectorError):  # noqa: N818 - named as what the user reads
    """No connector bears the name that was asked for."""


class ImportRefused(ConnectorError):  # noqa: N818 - named as what the user reads
    """An import that cannot begin as it was asked for; nothing of it is stored."""
