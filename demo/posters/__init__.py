"""Posters drawn by code, as pupils might have made them: each by another technique."""

from __future__ import annotations

from collections.abc import Callable

from PIL import Image

from .canvas import HEIGHT, WIDTH
from .collage import one_more_step
from .comic import comic
from .folding import cranes
from .games import replay
from .geometry import compasses, keyhole, rope, steps
from .lines import blackboard, one_line, threads
from .maps import path_map
from .mosaic import snail
from .painting import footprints, tree
from .paper import keystone
from .prints import crew, dare, hold_on, pass_it_on
from .stickers import stickers
from .words import domino, dream, give

__all__ = ["HEIGHT", "SLUGS", "WIDTH", "draw"]

_POSTERS: dict[str, Callable[[], Image.Image]] = {
    # Of the edition of 2023.
    "cle-de-voute": keystone,
    "tiens-bon": hold_on,
    "ose": dare,
    "huit-volontes": crew,
    "on-s-y-met-tous": stickers,
    "arbre-aux-cles": tree,
    "donner": give,
    "tableau-noir": blackboard,
    "la-porte": keyhole,
    "passe-le-relais": pass_it_on,
    "ca-roule": comic,
    "s-encorder": rope,
    # Of the edition of the present.
    "a-ton-rythme": steps,
    "un-chemin": path_map,
    "pas-fini": replay,
    "escargot": snail,
    "un-pli": cranes,
    "compas": compasses,
    "fil-apres-fil": threads,
    "rever": dream,
    "petits-pas": footprints,
    "dominos": domino,
    "papiers-dechires": one_more_step,
    "continue": one_line,
}

SLUGS: tuple[str, ...] = tuple(_POSTERS)
"""The posters that can be drawn."""


def draw(slug: str) -> Image.Image:
    """The poster `slug`, in RGB, `WIDTH` × `HEIGHT` pixels; always the same.

    Raises:
        KeyError: no poster has this name.
    """
    return _POSTERS[slug]()
