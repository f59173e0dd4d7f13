"""How often the rules find something. Written by tools/evidence.py: do not edit."""

from __future__ import annotations

PROJECTS = 60
"""How many real projects were looked at."""

LAUNCHERS = 240
"""How many of their files start something."""

FOUND: dict[str, tuple[int, int]] = {
    "LS101": (42, 6),
    "LS103": (140, 39),
    "LS104": (106, 33),
    "LS201": (8, 3),
    "LS202": (6, 2),
    "LS203": (5, 2),
    "LS206": (2, 1),
    "LS208": (4, 4),
    "LS209": (10, 9),
    "LS302": (1, 1),
    "LS303": (6, 6),
    "LS304": (90, 7),
    "LS305": (3, 3),
    "LS306": (4, 4),
    "LS307": (9, 3),
    "LS311": (17, 16),
    "LS404": (5, 4),
    "LS405": (5, 5),
    "LS406": (1, 1),
    "LS501": (23, 4),
    "LS502": (2, 2),
    "LS503": (3, 1),
    "LS504": (1, 1),
    "LS505": (1, 1),
    "LS509": (1, 1),
    "LS510": (2, 2),
    "LS513": (1, 1),
    "LS604": (1, 1),
}
"""For each code, in how many files and projects there is such a finding."""
