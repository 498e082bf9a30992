"""Where papers come from: the port that a USB stick, and later a phone or a scanner, stands behind."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Place:
    """A folder on a stick. ``stick`` is the source's own handle; ``folders`` are raw names from its top."""

    stick: str
    folders: tuple[bytes, ...] = field(default=(), repr=False)

    def inside(self, name: bytes) -> Place:
        return Place(self.stick, (*self.folders, name))

    @property
    def above(self) -> Place | None:
        """The folder that holds this one; None at the top of the stick."""
        return Place(self.stick, self.folders[:-1]) if self.folders else None


class EntryKind(enum.Enum):
    FOLDER = "folder"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be chosen. ``name`` is raw; ``shown`` is safe to paint: one line, no tricks."""

    kind: EntryKind
    name: bytes = field(repr=False)
    shown: str = field(repr=False)
    size: int  # bytes; 0 for a folder
    media_type: str | None  # None for a folder
    too_large: bool  # over the limit for one paper: shown, with the reason, but not taken


@dataclass(frozen=True, slots=True)
class Stick:
    """A stick that is plugged in: its top, and its label made safe to paint."""

    top: Place
    shown: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Listing:
    """What stands in ``place``: folders first, then papers, each by name. ``cut``: there were too many."""

    place: Place
    shown: str = field(repr=False)  # name of the folder, safe to paint
    entries: tuple[Entry, ...] = field(repr=False)
    hidden: int  # files of other kinds, that are not shown
    cut: bool


class PaperSource(Protocol):
    """Reads papers; never writes. A source that vanishes in the middle: KnownError ``usb-gone``."""

    def sticks(self) -> tuple[Stick, ...]:
        """What is plugged in now."""

    def browse(self, place: Place) -> Listing:
        """Folders and papers (PDF, JPEG, PNG by content) of one place."""

    def read(self, place: Place, name: bytes) -> bytes:
        """A paper's bytes, at most ``MAX_PAPER``; KnownError ``usb-too-large`` or ``usb-not-a-file``."""
