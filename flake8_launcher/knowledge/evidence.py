"""How often the rules find something. Written by tools/evidence.py: do not edit."""

from __future__ import annotations

PROJECTS = 150
"""How many real projects were looked at."""

LAUNCHERS = 481
"""How many of their files start something."""

FOUND: dict[str, tuple[int, int]] = {
    "LS101": (45, 12),
    "LS102": (2, 2),
    "LS103": (241, 99),
    "LS104": (160, 80),
    "LS201": (3, 3),
    "LS202": (4, 2),
    "LS203": (3, 1),
    "LS206": (2, 1),
    "LS208": (7, 6),
    "LS209": (19, 19),
    "LS302": (1, 1),
    "LS303": (16, 13),
    "LS304": (105, 20),
    "LS305": (6, 5),
    "LS306": (9, 9),
    "LS307": (6, 4),
    "LS311": (33, 26),
    "LS404": (9, 8),
    "LS405": (20, 13),
    "LS406": (2, 2),
    "LS501": (11, 11),
    "LS502": (4, 4),
    "LS503": (6, 4),
    "LS504": (1, 1),
    "LS505": (2, 2),
    "LS506": (1, 1),
    "LS508": (1, 1),
    "LS509": (1, 1),
    "LS510": (2, 2),
    "LS601": (1, 1),
    "LS602": (3, 3),
    "LS604": (3, 3),
    "LS606": (1, 1),
}
"""For each code, in how many files and projects there is such a finding."""
