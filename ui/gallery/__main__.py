"""``python -m ui.gallery FOLDER``: draws the gallery into a folder."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from ui.gallery.grab import grab_all
from ui.theme import register_fonts

if __name__ == "__main__":
    application = QApplication([])
    register_fonts()
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    for written in grab_all(application, target):
        sys.stdout.write(f"{written}\n")
