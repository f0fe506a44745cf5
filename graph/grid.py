"""The British National Grid, and where on Earth its points lie."""

from dataclasses import dataclass

from pyproj import Transformer

HELMERT = (
    "proj=pipeline step inv proj=tmerc lat_0=49 lon_0=-2 k=0.9996012717 x_0=400000 y_0=-100000 ellps=airy"
    " step proj=push v_3 step proj=cart ellps=airy"
    " step proj=helmert x=446.448 y=-125.157 z=542.06 rx=0.15 ry=0.247 rz=0.842 s=-20.489 convention=position_vector"
    " step inv proj=cart ellps=WGS84 step proj=pop v_3 step proj=unitconvert xy_in=rad xy_out=deg"
)
"""EPSG:27700 to EPSG:4326 by EPSG:1314, which needs no grid of corrections: it is right to some two metres, and the
same on every machine. Left to itself, PROJ takes the best of what is installed, and points would move with it."""
EAST, NORTH = 700_000, 1_300_000
"""Metres: how far the grid reaches."""
DECIMALS = 6
"""Of a degree: some ten centimetres, finer than the transformation."""


@dataclass(frozen=True, slots=True)
class NationalGrid:
    """Eastings and northings in metres as degrees of WGS84."""

    transformer: Transformer

    @classmethod
    def of_great_britain(cls) -> "NationalGrid":
        return cls(transformer=Transformer.from_pipeline(HELMERT))

    def degrees(self, easting: float, northing: float) -> tuple[float, float] | None:
        """Longitude and latitude of a point; None beyond the grid, and on its edges, where no place of Britain lies."""
        if not (0 < easting < EAST and 0 < northing < NORTH):
            return None
        longitude, latitude = self.transformer.transform(easting, northing)
        return round(longitude, DECIMALS), round(latitude, DECIMALS)
