"""Calm landscapes drawn by code, so that the demo needs nobody's photographs."""

from .canvas import Palette
from .scenes import SCENES, draw_jpeg

__all__ = ["SCENES", "Palette", "draw_jpeg"]
