"""Everything a widget needs to draw itself, in one value passed to constructors."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ui.icons import Icons
from ui.messages import Language, Words
from ui.metrics import Metrics
from ui.ornament import Ornament
from ui.theme import Mode, TextSize, Theme, Tokens


@dataclass(frozen=True, slots=True)
class Look:
    """Theme, icons and words. To change one, make a new look and build the page anew with it."""

    theme: Theme
    icons: Icons
    words: Words
    ornament: Ornament

    @classmethod
    def open(
        cls,
        metrics: Metrics,
        mode: Mode = Mode.NORMAL,
        text_size: TextSize | None = None,
        language: Language = Language.VI,
    ) -> Look:
        """Reads the bundle; the usual text size is medium, on a laptop small."""
        size = text_size or usual_text_size(metrics)
        theme = Theme(Tokens.load(), mode, size, metrics)
        return cls(theme, Icons(), Words.load(language), Ornament(theme))

    def with_mode(self, mode: Mode) -> Look:
        """The same look in another contrast mode."""
        return self._with_theme(replace(self.theme, mode=mode))

    def with_text_size(self, text_size: TextSize) -> Look:
        """The same look at another text size."""
        return self._with_theme(replace(self.theme, text_size=text_size))

    def with_language(self, language: Language) -> Look:
        """The same look in another language."""
        return replace(self, words=Words.load(language))

    def with_metrics(self, metrics: Metrics) -> Look:
        """The same look on another screen."""
        return self._with_theme(replace(self.theme, metrics=metrics))

    def _with_theme(self, theme: Theme) -> Look:
        return replace(self, theme=theme, ornament=Ornament(theme))


def usual_text_size(metrics: Metrics) -> TextSize:
    """Text size before anybody chooses one."""
    return TextSize.SMALL if metrics.screen.value == "laptop" else TextSize.MEDIUM
