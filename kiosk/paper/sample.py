"""A page that stands for somebody's paper in tours and examples. Says itself that it is none."""

from __future__ import annotations

import io

from reportlab.pdfgen.canvas import Canvas

from kiosk.paper.sheet import BOLD, MEDIUM, load_fonts


def sample_pdf(title: str) -> bytes:
    """One A5 page: ``title`` and "giấy mẫu"."""
    load_fonts()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(420, 595), invariant=1)
    canvas.setFont(BOLD, 24)
    canvas.drawCentredString(210, 480, title)
    canvas.setFont(MEDIUM, 14)
    canvas.drawCentredString(210, 450, "Giấy mẫu, không có giá trị")
    canvas.save()
    return out.getvalue()
