"""How often the rules find something. Written by tools/evidence.py: do not edit."""

from __future__ import annotations

PROJECTS = 172
"""How many real projects were looked at."""

LAUNCHERS = 692
"""How many of their files start something."""

FOUND: dict[str, tuple[int, int]] = {
    "LS101": (89, 17),
    "LS102": (2, 2),
    "LS103": (359, 113),
    "LS104": (271, 92),
    "LS201": (8, 4),
    "LS202": (8, 3),
    "LS203": (5, 2),
    "LS206": (2, 1),
    "LS208": (9, 8),
    "LS209": (30, 25),
    "LS210": (1, 1),
    "LS302": (2, 2),
    "LS303": (19, 16),
    "LS304": (129, 23),
    "LS305": (7, 6),
    "LS306": (12, 11),
    "LS307": (11, 6),
    "LS310": (1, 1),
    "LS311": (49, 34),
    "LS404": (22, 12),
    "LS405": (20, 13),
    "LS406": (2, 2),
    "LS501": (33, 13),
    "LS502": (6, 6),
    "LS503": (6, 4),
    "LS504": (1, 1),
    "LS505": (2, 2),
    "LS506": (1, 1),
    "LS508": (1, 1),
    "LS509": (2, 2),
    "LS510": (3, 3),
    "LS601": (1, 1),
    "LS602": (4, 4),
    "LS604": (11, 5),
    "LS606": (1, 1),
}
"""For each code, in how many files and projects there is such a finding."""
