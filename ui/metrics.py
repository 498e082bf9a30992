"""Screen measures: how many device pixels one reference pixel or one millimetre takes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

REFERENCE_PX_PER_MM = 4.034
PORTRAIT_SIZE = (1080, 1920)
LAPTOP_SIZE = (1366, 768)


class Screen(StrEnum):
    """The two arrangements: a standing panel, or a laptop with the cloth at the left."""

    PORTRAIT = "portrait"
    LAPTOP = "laptop"


@dataclass(frozen=True, slots=True)
class Metrics:
    """One screen's size in pixels and its scale against the reference drawing."""

    screen: Screen
    width: int
    height: int
    scale: float
    px_per_mm: float

    @classmethod
    def for_screen(cls, width: int, height: int, px_per_mm: float | None = None) -> Metrics:
        """Measures for a screen of that many pixels.

        A denser panel gets more pixels for the same millimetres, but never so many that the
        reference drawing no longer fits. Without a measured density the drawing fills the screen.
        """
        screen = Screen.PORTRAIT if height >= width else Screen.LAPTOP
        base = PORTRAIT_SIZE if screen is Screen.PORTRAIT else LAPTOP_SIZE
        fit = min(width / base[0], height / base[1])
        if px_per_mm is None:
            return cls(screen, width, height, fit, REFERENCE_PX_PER_MM * fit)
        wanted = px_per_mm / REFERENCE_PX_PER_MM if screen is Screen.PORTRAIT else fit
        return cls(screen, width, height, min(fit, wanted), px_per_mm)

    def px(self, reference: float) -> int:
        """Device pixels for a reference length; a visible length never becomes 0."""
        if reference <= 0:
            return 0
        return max(1, round(reference * self.scale))

    def mm(self, millimetres: float) -> int:
        """Device pixels for a physical length."""
        return max(1, round(millimetres * self.px_per_mm))
