"""Where is my dossier: by the private code, from what this machine knows, with how old that is."""

from __future__ import annotations

from kiosk.dossier.keys import KeyList
from kiosk.dossier.receipt import lookup_id
from kiosk.dossier.signing import BadSignature, Signed
from kiosk.dossier.statements import NoticeText, SealedNotice
from kiosk.ports import Tracked, TrackSource
from kiosk.storage.store import Store


def track(store: Store, keys: KeyList | None, secret: str, source: TrackSource) -> Tracked:
    """What is known under ``secret`` (a private code already evened out)."""
    lookup = lookup_id(secret)
    own = store.find_by_lookup(lookup)
    found = store.notice(lookup)
    news = _open(keys, found[0], secret) if keys and found else None
    contact = store.contact().answered_at
    taken = found[1] if found else None
    return Tracked(
        receipt=news.receipt if news else own.receipt if own else None,
        state=own.state.value if own else "opened" if news else None,
        status=news.status if news else None,
        text=news.text if news else None,
        official_code=news.official_code if news else own.official_code if own else None,
        due=news.due if news else None,
        as_of=contact if own or source is TrackSource.ONLINE else taken or contact,
        source=source,
    )


def _open(keys: KeyList, signed: Signed, secret: str) -> NoticeText | None:
    try:
        return SealedNotice.read(keys, signed).open(secret)
    except BadSignature:
        return None
