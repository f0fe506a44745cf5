"""The orders in which lists can be read; ties, and what is withheld, stand in the order of ids."""

from enum import Enum

import strawberry

_ID = "By id: stable, and without a meaning."


@strawberry.enum(description="Orders of people.")
class PersonOrder(Enum):
    ID = strawberry.enum_value("ID", description=_ID)
    FAMILY_NAME = strawberry.enum_value("FAMILY_NAME", description="By family name; withheld ones last.")


@strawberry.enum(description="Orders of premises.")
class PremisesOrder(Enum):
    ID = strawberry.enum_value("ID", description=_ID)
    POSTCODE = strawberry.enum_value("POSTCODE", description="By postcode; withheld ones last.")


@strawberry.enum(description="Orders of establishments.")
class EstablishmentOrder(Enum):
    ID = strawberry.enum_value("ID", description=_ID)
    NAME = strawberry.enum_value("NAME", description="By trading name.")


@strawberry.enum(description="Orders of cases.")
class CaseOrder(Enum):
    ID = strawberry.enum_value("ID", description=_ID)
    OPENED_ON = strawberry.enum_value("OPENED_ON", description="By the day of opening; withheld ones last.")


@strawberry.enum(description="Orders of agencies.")
class AgencyOrder(Enum):
    ID = strawberry.enum_value("ID", description=_ID)
    NAME = strawberry.enum_value("NAME", description="By name.")


@strawberry.enum(description="Orders of wards.")
class WardOrder(Enum):
    ID = strawberry.enum_value("ID", description=_ID)
    NAME = strawberry.enum_value("NAME", description="By name.")


@strawberry.enum(description="Orders of schools.")
class SchoolOrder(Enum):
    ID = strawberry.enum_value("ID", description=_ID)
    NAME = strawberry.enum_value("NAME", description="By name.")


@strawberry.enum(description="Orders of incidents.")
class IncidentOrder(Enum):
    ID = strawberry.enum_value("ID", description=_ID)
    MONTH = strawberry.enum_value("MONTH", description="By month.")


@strawberry.enum(description="Orders of groups.")
class GroupOrder(Enum):
    ID = strawberry.enum_value("ID", description=_ID)
    NAME = strawberry.enum_value("NAME", description="By name; withheld ones last.")


@strawberry.enum(description="Orders of output areas.")
class LsoaOrder(Enum):
    ID = strawberry.enum_value("ID", description=_ID)
    NAME = strawberry.enum_value("NAME", description="By name.")


@strawberry.enum(description="Orders of agreements.")
class AgreementOrder(Enum):
    ID = strawberry.enum_value("ID", description=_ID)
    TITLE = strawberry.enum_value("TITLE", description="By title.")


@strawberry.enum(description="Orders of import runs.")
class ImportRunOrder(Enum):
    ID = strawberry.enum_value("ID", description=_ID)
    STARTED_AT = strawberry.enum_value("STARTED_AT", description="By start.")
