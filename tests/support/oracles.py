"""Counts of real data that were made without the hub."""

HYGIENE_BY_WARD = {
    "West End": 1143,
    "St James's": 1048,
    "Marylebone": 292,
    "Hyde Park": 276,
    "Knightsbridge & Belgravia": 195,
    "Lancaster Gate": 190,
    "Pimlico North": 174,
    "Regent's Park": 149,
    "Bayswater": 119,
    "Church Street": 102,
    "Harrow Road": 81,
    "Vincent Square": 77,
    "Little Venice": 53,
    "Abbey Road": 46,
    "Westbourne": 44,
    "Maida Vale": 44,
    "Queen's Park": 32,
    "Pimlico South": 13,
}
"""Points of the hygiene file in each ward of 2025; 29 lie in none."""
