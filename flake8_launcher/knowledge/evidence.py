"""How often the rules find something. Written by tools/evidence.py: do not edit."""

from __future__ import annotations

PROJECTS = 111
"""How many real projects were looked at."""

LAUNCHERS = 414
"""How many of their files start something."""

FOUND: dict[str, tuple[int, int]] = {
    "LS101": (82, 13),
    "LS103": (224, 74),
    "LS104": (167, 55),
    "LS201": (8, 3),
    "LS202": (6, 2),
    "LS203": (5, 2),
    "LS206": (2, 1),
    "LS208": (10, 9),
    "LS209": (19, 18),
    "LS210": (2, 1),
    "LS302": (2, 2),
    "LS303": (9, 9),
    "LS304": (95, 11),
    "LS305": (3, 3),
    "LS306": (8, 7),
    "LS307": (9, 3),
    "LS311": (29, 22),
    "LS404": (21, 10),
    "LS405": (7, 7),
    "LS406": (1, 1),
    "LS501": (24, 5),
    "LS502": (3, 3),
    "LS503": (4, 2),
    "LS504": (1, 1),
    "LS505": (1, 1),
    "LS506": (1, 1),
    "LS509": (1, 1),
    "LS510": (2, 2),
    "LS513": (1, 1),
    "LS604": (2, 2),
    "LS609": (1, 1),
}
"""For each code, in how many files and projects there is such a finding."""
