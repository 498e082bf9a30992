"""QR codes as plain matrices: whoever paints one, on paper or on the screen, decides how."""

from __future__ import annotations

from typing import Final

import qrcode
from qrcode.constants import ERROR_CORRECT_M
from qrcode.util import QRData

QUIET_ZONE: Final = 4  # modules of empty border that a reader needs; not part of the matrix
_ALPHANUMERIC: Final = 2  # qrcode's MODE_ALPHA_NUM, whose type says too little


def qr_matrix(text: str) -> tuple[tuple[bool, ...], ...]:
    """Rows of modules, True = dark, for upper-case letters, digits and ``$%*+-./:`` and blank.

    Error correction M (15 %): a sheet that was folded and rained on still reads. ValueError for other text.
    """
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(QRData(text.encode("ascii"), _ALPHANUMERIC))
    code.make(fit=True)
    return tuple(tuple(bool(module) for module in row) for row in code.get_matrix())
