"""The receipt on paper, A5: what *saved* means, whose number it is, and a private part to cut off."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from kiosk.clock import LOCAL
from kiosk.identifiers import PRIVATE_PREFIX, grouped
from kiosk.paper.ornament import EMBLEM, draw, hem
from kiosk.paper.sheet import BOLD, MEDIUM, Sheet, colour, load_fonts, shortened
from kiosk.paper.words import PaperWords

WIDTH: Final = 148 * mm
HEIGHT: Final = 210 * mm
_MARGIN: Final = 10 * mm
_TEXT: Final = WIDTH - 2 * _MARGIN
_HEAD: Final = 17 * mm
_HEM: Final = 4.6 * mm
_CUT: Final = 47 * mm  # from the lower edge: the private part below it fits a wallet when folded
_PANEL_HEAD: Final = 6.4 * mm
_PUBLIC_QR: Final = 35 * mm
_SECRET_QR: Final = 20 * mm
_QUIET: Final = 2.6 * mm  # four modules of the public code
_SMALL: Final = 7.4
_BODY: Final = 8.6
_LONGEST_NAME: Final = 110
_PAPERS_LIMITS: Final = (150, 100, 50)  # characters of names, tried in turn


@dataclass(frozen=True, slots=True)
class ReceiptSheet:
    """What stands on one receipt. ``secret`` None: a duplicate. ``lang``: "vi" or "en"."""

    number: str
    saved_at: datetime
    centre_name: str
    unit_name: str
    procedure_name: str | None
    public_qr_text: str
    secret: str | None = field(repr=False)
    papers: tuple[str, ...]
    receive_by: date
    phone: str | None
    hours: str
    helper_used: bool
    lang: str


def receipt_pdf(receipt: ReceiptSheet) -> bytes:
    """One A5 page; equal input gives equal bytes. Nothing of a person stands in the document's properties."""
    load_fonts()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT), invariant=1, pageCompression=1)
    words = PaperWords(receipt.lang)
    canvas.setTitle(words("sheet"))
    canvas.setCreator("Một Cửa Kiosk")
    canvas.setProducer("Một Cửa Kiosk")
    canvas.setAuthor("")
    sheet = Sheet(canvas, _MARGIN, _TEXT)
    _head(sheet, receipt, words)
    below = _panel(sheet, receipt, words, HEIGHT - _HEAD - _HEM - 4 * mm)
    _next(sheet, receipt, words, below - 4 * mm)
    if receipt.secret:
        _cut(sheet, words)
        _private(sheet, receipt.secret, words)
    else:
        _no_private(sheet, words)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _head(sheet: Sheet, receipt: ReceiptSheet, words: PaperWords) -> None:
    canvas = sheet.canvas
    canvas.setFillColor(colour("cloth"))
    canvas.rect(0, HEIGHT - _HEAD, WIDTH, _HEAD, stroke=0, fill=1)
    hem(canvas, 0, HEIGHT - _HEAD, WIDTH, _HEM)
    draw(canvas, EMBLEM, _MARGIN, HEIGHT - 3 * mm, 11 * mm / 72)
    left = _MARGIN + 14 * mm
    kind_width = 36 * mm
    width = WIDTH - _MARGIN - left - kind_width
    sheet.fitted(shortened(receipt.centre_name, 60), left, HEIGHT - 8 * mm, width, 10, BOLD, "onCloth")
    sheet.fitted(
        shortened(receipt.unit_name, 70), left, HEIGHT - 12.6 * mm, width, 8.6, MEDIUM, "onClothSoft"
    )
    canvas.setFillColor(colour("accent"))
    canvas.setFont(BOLD, 10.5)
    canvas.drawRightString(WIDTH - _MARGIN, HEIGHT - 10.2 * mm, words("sheet"))


def _panel(sheet: Sheet, receipt: ReceiptSheet, words: PaperWords, top: float) -> float:
    """Title, and the framed panel with the number, its QR code and what was saved; gives the y below."""
    canvas = sheet.canvas
    sheet.fitted(words("title"), sheet.left, top - 5.6 * mm, sheet.width, 17, BOLD, "ink")
    frame_top = top - 9 * mm
    body = 15 * mm + _PUBLIC_QR + 2 * _QUIET - 1 * mm
    bottom = frame_top - _PANEL_HEAD - body
    _frame(sheet, frame_top, bottom, words("number-head"))
    if receipt.secret is None:
        canvas.setFillColor(colour("accent"))
        canvas.setFont(BOLD, 9)
        canvas.drawRightString(WIDTH - _MARGIN - 4 * mm, frame_top - 4.5 * mm, words("duplicate"))
    inner = sheet.left + 5 * mm
    number_y = frame_top - _PANEL_HEAD - 9.9 * mm
    sheet.fitted(receipt.number, inner, number_y, sheet.width - 10 * mm, 26, BOLD, "ink")
    qr_top = number_y - 5 * mm
    sheet.qr(receipt.public_qr_text, inner, qr_top, _PUBLIC_QR)
    x = inner + _PUBLIC_QR + 5.5 * mm
    _facts(sheet, receipt, words, x, qr_top + 1 * mm, bottom + 2 * mm)
    return bottom


def _facts(
    sheet: Sheet, receipt: ReceiptSheet, words: PaperWords, x: float, top: float, bottom: float
) -> None:
    width = sheet.left + sheet.width - 4 * mm - x
    gap = 1.3 * mm
    saved = receipt.saved_at.astimezone(LOCAL)
    y = top
    if receipt.procedure_name:
        name = words.fact(shortened(receipt.procedure_name, _LONGEST_NAME))
        y = sheet.paragraph(f"<b>{name}</b>", x, y, width, 10) - gap
    when = words("saved-at", time=f"{saved:%H:%M}", day=words.day(saved.date()))
    y = sheet.paragraph(when, x, y, width, _BODY) - gap
    y = sheet.paragraph(words("own-number"), x, y, width, _BODY) - gap
    y = sheet.paragraph(words("verify"), x, y, width, _SMALL, "inkSoft") - gap
    if receipt.papers:
        sheet.paragraph(_papers(sheet, receipt.papers, words, width, y - bottom), x, y, width, _SMALL)


def _papers(sheet: Sheet, papers: tuple[str, ...], words: PaperWords, width: float, height: float) -> str:
    """The papers' names as far as they fit, at least how many there are."""
    for limit in _PAPERS_LIMITS:
        markup = words("papers", count=len(papers), names=shortened("; ".join(papers), limit))
        if sheet.height(markup, width, _SMALL) <= height:
            return markup
    return words("papers-count", count=len(papers))


def _next(sheet: Sheet, receipt: ReceiptSheet, words: PaperWords, top: float) -> None:
    sheet.line(words("next-head"), sheet.left, top - 3.2 * mm, 11, BOLD, "ink")
    y = top - 5.2 * mm
    for sentence in _sentences(receipt, words):
        y = sheet.bullet(sentence, y, _BODY)
    short = words.other("short", date=f"{receipt.receive_by:%d/%m/%Y}")
    if y - sheet.height(short, sheet.width, _SMALL) > _CUT + 3 * mm:
        sheet.paragraph(short, sheet.left, y - 0.6 * mm, sheet.width, _SMALL, "inkSoft")


def _sentences(receipt: ReceiptSheet, words: PaperWords) -> list[str]:
    ask = words("next-call", phone=receipt.phone) if receipt.phone else words("next-ask")
    return [
        words("next-saved"),
        words("next-clock"),
        words("next-desk", day=words.day(receipt.receive_by), hours=receipt.hours),
        ask,
        words("next-withdraw"),
        *([words("helper")] if receipt.helper_used else []),
    ]


def _cut(sheet: Sheet, words: PaperWords) -> None:
    """The dashed line, over the whole width, with its words in a gap."""
    canvas = sheet.canvas
    canvas.setStrokeColor(colour("ink"))
    canvas.setLineWidth(0.7)
    canvas.setDash(3, 2.4)
    text = words("cut")
    half = canvas.stringWidth(text, MEDIUM, _SMALL) / 2 + 3 * mm
    canvas.line(3 * mm, _CUT, WIDTH / 2 - half, _CUT)
    canvas.line(WIDTH / 2 + half, _CUT, WIDTH - 3 * mm, _CUT)
    canvas.setDash()
    canvas.setFillColor(colour("inkSoft"))
    canvas.setFont(MEDIUM, _SMALL)
    canvas.drawCentredString(WIDTH / 2, _CUT - 0.9 * mm, text)


def _private(sheet: Sheet, secret: str, words: PaperWords) -> None:
    top, bottom = _CUT - 5 * mm, 7 * mm
    _frame(sheet, top, bottom, words("secret-head"))
    right = sheet.left + sheet.width - 4.5 * mm
    qr_left = right - _SECRET_QR
    sheet.qr(PRIVATE_PREFIX + secret, qr_left, (top - _PANEL_HEAD + bottom + _SECRET_QR) / 2, _SECRET_QR)
    x = sheet.left + 5 * mm
    width = qr_left - 5 * mm - x
    sheet.fitted(grouped(secret), x, top - _PANEL_HEAD - 7 * mm, width, 17, BOLD, "ink")
    y = top - _PANEL_HEAD - 9 * mm
    says = " ".join(words(key) for key in ("secret-once", "secret-use", "secret-lost"))
    y = sheet.paragraph(says, x, y, width, _BODY) - 0.8 * mm
    sheet.paragraph(words.other("short-secret"), x, y, width, _SMALL, "inkSoft")


def _no_private(sheet: Sheet, words: PaperWords) -> None:
    top, bottom = _CUT - 5 * mm, 7 * mm
    _frame(sheet, top, bottom, words("lost-head"))
    width = sheet.width - 10 * mm
    sheet.paragraph(words("lost"), sheet.left + 5 * mm, top - _PANEL_HEAD - 4 * mm, width, 9.4)


def _frame(sheet: Sheet, top: float, bottom: float, title: str) -> None:
    """A panel with a head of cloth: the frame in full, and white laid into it."""
    canvas, radius, edge = sheet.canvas, 2.4 * mm, 0.5 * mm
    canvas.setFillColor(colour("cloth"))
    canvas.roundRect(sheet.left, bottom, sheet.width, top - bottom, radius, stroke=0, fill=1)
    canvas.setFillColor(colour("surface"))
    inner_top = top - _PANEL_HEAD
    height = inner_top - bottom - edge
    canvas.roundRect(sheet.left + edge, bottom + edge, sheet.width - 2 * edge, height, radius - edge, 0, 1)
    canvas.rect(sheet.left + edge, inner_top - radius, sheet.width - 2 * edge, radius, stroke=0, fill=1)
    sheet.mark(sheet.left + 5.6 * mm, top - _PANEL_HEAD / 2)
    sheet.line(title, sheet.left + 9 * mm, top - _PANEL_HEAD / 2 - 3.6, 10, BOLD, "onCloth")
