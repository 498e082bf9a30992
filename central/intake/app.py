"""The intake's HTTP: reads requests within their limits, hands them on, turns refusals into answers."""

from __future__ import annotations

import json
import logging
from typing import Final

from fastapi import FastAPI, Request, Response
from sqlalchemy.exc import OperationalError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from central.intake.refusal import Refused
from central.intake.service import Intake
from central.intake.signature import RequestHead
from central.trouble import reference
from sync import protocol

_JSON: Final = "application/json"
_NO_STORE: Final = {"Cache-Control": "no-store"}
_TUS: Final = {"Tus-Resumable": protocol.TUS_VERSION, **_NO_STORE}
_RETRY_AFTER_S: Final = "5"
_log = logging.getLogger(__name__)


def create_app(intake: Intake) -> FastAPI:
    """The web application over one open intake."""
    app = FastAPI(title="Một Cửa: intake", docs_url=None, redoc_url=None)
    _add_errors(app)
    _add_centre(app, intake)
    _add_uploads(app, intake)
    return app


def _add_centre(app: FastAPI, intake: Intake) -> None:
    @app.get("/healthz")
    async def healthz() -> Response:
        return _json(await run_in_threadpool(intake.healthy))

    @app.get(protocol.CENTRE)
    async def centre() -> Response:
        return _json(await run_in_threadpool(intake.hello))

    @app.post(protocol.ENROLMENTS)
    async def ask_enrolment(request: Request) -> Response:
        body = await _whole_body(request, protocol.MAX_REQUEST)
        return _json(await run_in_threadpool(intake.ask_enrolment, body))

    @app.get(protocol.ENROLMENTS + "/{enrolment_id}")
    async def look_enrolment(enrolment_id: str) -> Response:
        answer = await run_in_threadpool(intake.enrolments.look, enrolment_id)
        return _json(answer.to_bytes())

    @app.post(protocol.ANNOUNCE)
    async def announce(request: Request) -> Response:
        body = await _whole_body(request, protocol.MAX_REQUEST)

        def handle() -> bytes:
            sender = intake.sender(_head(request), protocol.SIGNED_ANNOUNCE, body)
            return intake.announce(sender, body)

        return _json(await run_in_threadpool(handle))


def _add_uploads(app: FastAPI, intake: Intake) -> None:
    path = protocol.UPLOADS + "/{dossier_id}"

    @app.options(protocol.UPLOADS)
    @app.options(path)
    async def tus() -> Response:
        return Response(status_code=204, headers={**_TUS, "Tus-Version": protocol.TUS_VERSION})

    @app.head(path)
    async def head(request: Request, dossier_id: str) -> Response:
        _check_tus(request)

        def handle() -> tuple[int, int]:
            sender = intake.sender(_head(request), protocol.SIGNED_HEAD)
            dossier = intake.uploads.find(sender, dossier_id)
            return dossier.offset, dossier.size

        offset, size = await run_in_threadpool(handle)
        return Response(headers={**_TUS, "Upload-Offset": str(offset), "Upload-Length": str(size)})

    @app.patch(path)
    async def patch(request: Request, dossier_id: str) -> Response:
        _check_tus(request)
        if request.headers.get("content-type") != protocol.TUS_CONTENT:
            raise Refused(415, "content-type")
        offset = _number(request, "upload-offset")
        # First of all: the server forgets bytes that wait unread when the link is cut.
        data = await _arriving_body(request, protocol.MAX_PATCH)

        def handle() -> int:
            sender = intake.sender(_head(request), protocol.SIGNED_PATCH)
            return intake.uploads.append(sender, dossier_id, offset, data)

        reached = await run_in_threadpool(handle)
        return Response(status_code=204, headers={**_TUS, "Upload-Offset": str(reached)})


def _add_errors(app: FastAPI) -> None:
    @app.exception_handler(Refused)
    async def refused(request: Request, error: Refused) -> Response:
        headers = dict(_NO_STORE)
        if request.url.path.startswith(protocol.UPLOADS):
            headers.update(_TUS)
        if error.status == 413:
            headers["Connection"] = "close"  # or the server would read the rest, however long it is
        if error.status == 412:
            headers["Tus-Version"] = protocol.TUS_VERSION
        if error.status == 503:
            headers["Retry-After"] = _RETRY_AFTER_S
        if error.offset is not None:
            headers["Upload-Offset"] = str(error.offset)
        return _error(error.status, error.code, headers)

    @app.exception_handler(OSError)  # a full or failing disk
    @app.exception_handler(OperationalError)
    async def busy(_request: Request, problem: Exception) -> Response:
        _log.warning("%s, told to come again", reference(problem))
        return _error(503, "busy", {**_NO_STORE, "Retry-After": _RETRY_AFTER_S})

    @app.exception_handler(HTTPException)
    async def no_such(_request: Request, error: HTTPException) -> Response:
        return _error(error.status_code, "path", {**_NO_STORE, **(error.headers or {})})


def _error(status: int, code: str, headers: dict[str, str]) -> Response:
    return Response(json.dumps({"error": code}), status, headers, _JSON)


def _json(body: bytes) -> Response:
    return Response(body, headers=_NO_STORE, media_type=_JSON)


def _head(request: Request) -> RequestHead:
    raw: bytes = request.scope["raw_path"]
    return RequestHead(request.method, raw.decode("latin-1"), request.headers)


def _check_tus(request: Request) -> None:
    if request.headers.get("tus-resumable") != protocol.TUS_VERSION:
        raise Refused(412, "tus-version")


def _number(request: Request, name: str) -> int:
    text = request.headers.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise Refused(400, name)
    return int(text)


async def _whole_body(request: Request, limit: int) -> bytes:
    """The body; Refused 413 as soon as it is longer than ``limit``, 400 if the sender went away."""
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > limit:
                raise Refused(413, "size")
    except ClientDisconnect as error:
        raise Refused(400, "cut") from error
    return bytes(body)


async def _arriving_body(request: Request, limit: int) -> bytes:
    """The body, or as much of it as came before the link was cut: those bytes need not come again."""
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > limit:
                raise Refused(413, "size")
    except ClientDisconnect:
        return bytes(body)
    return bytes(body)
