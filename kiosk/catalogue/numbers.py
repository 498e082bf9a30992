"""Numbers of the state: what can be known of a citizen number or a phone number by looking at it."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

# Provinces of birth registration in citizen numbers: the list of 63 from before July 2025.
_PROVINCES: Final = frozenset(
    f"{number:03d}"
    for number in (
        *(1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34, 35, 36, 37, 38),
        *(40, 42, 44, 45, 46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68, 70, 72, 74, 75, 77, 79),
        *(80, 82, 83, 84, 86, 87, 89, 91, 92, 93, 94, 95, 96),
    )
)
_GAPS: Final = re.compile(r"[\s.\-()]")
_MOBILE: Final = re.compile(r"0[35789]\d{8}", re.ASCII)
_LANDLINE: Final = re.compile(r"02\d{8,9}", re.ASCII)


def has_known_province(number: str) -> bool:
    """Whether a 12-digit citizen number begins with a province that ever gave numbers out."""
    return number[:3] in _PROVINCES


def born_as_numbered(number: str, born: date) -> bool:
    """Whether the century and year in a 12-digit citizen number are those of the date of birth.

    The fourth digit is 0/1 (man/woman) for the 1900s, 2/3 for the 2000s, and so on.
    """
    century = 19 + int(number[3]) // 2
    return born.year == century * 100 + int(number[4:6])


def phone_of(text: str) -> str | None:
    """A Vietnamese phone number as ``0…`` without gaps, from what people type; None if it is none.

    Mobiles have ten digits from 03, 05, 07, 08 or 09; landlines ten or eleven from 02. ``+84`` becomes ``0``.
    """
    digits = _GAPS.sub("", text[:40])
    if digits.startswith("+84"):
        digits = "0" + digits[3:].removeprefix("0")
    elif digits.startswith("84") and len(digits) in (11, 12):
        digits = "0" + digits[2:]
    return digits if _MOBILE.fullmatch(digits) or _LANDLINE.fullmatch(digits) else None
