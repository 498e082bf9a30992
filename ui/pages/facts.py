"""A procedure's facts in words ready to show. What is not known is said to be so, never left out."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.catalogue.forms import holds
from kiosk.catalogue.model import Component, Fee, Procedure
from ui.messages import Words
from ui.textflow import Run
from ui.widgets.paper import PaperKind
from ui.widgets.result import ResultFacts

MACHINE_MADE = "form"  # drawing of the declaration, which the machine fills in from the answers
MOST_TITLE = 160  # letters; the longest official name has over a thousand
_MOST_FACT = 48
_OTHER_WAY = " · "  # between what holds online, at the desk and by post
_KINDS = {kind.value: kind for kind in PaperKind}


def result_facts(
    words: Words, procedure: Procedure, name: str, marks: Sequence[tuple[int, int]] = ()
) -> ResultFacts:
    """A card in the list of results."""
    time, more = split_sentence(procedure.time)
    ways = time.split(_OTHER_WAY)
    here = sends_here(procedure)
    return ResultFacts(
        title=shortened(name, MOST_TITLE),
        marks=tuple(Run(start, end - start) for start, end in marks if end < MOST_TITLE),
        summary=procedure.summary or "",
        kind=" · ".join((procedure.field, *procedure.level[:1])),
        duration=shortened(ways[0], _MOST_FACT) or words("fact.unknown"),
        fee=short_fee(words, procedure.fee),
        papers=papers_fact(words, procedure),
        channel=words("results.here" if here else "results.desk"),
        sends_here=here,
        footnote=more if len(ways) == 1 else "",
    )


def shortened(text: str, most: int) -> str:
    """At most that many letters, cut between words. The whole text stands on the procedure's page."""
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + " …"


def sends_here(procedure: Procedure) -> bool:
    """Whether a dossier can be made on this machine."""
    return procedure.online and procedure.form_id is not None


def split_sentence(text: str | None) -> tuple[str, str]:
    """The first sentence without its full stop, and the rest."""
    first, _, rest = (text or "").partition(". ")
    return first.rstrip("."), rest.strip()


def short_fee(words: Words, fee: Fee | None) -> str:
    """The first sentence; that there are exemptions is said with it."""
    if fee is None:
        return words("fact.unknown")
    first = shortened(split_sentence(fee.text)[0], _MOST_FACT)
    free = fee.amount_vnd == 0 or first.lower().startswith("miễn")
    return first if free or not fee.exemption else words("fact.fee_exempt", fee=first)


def long_fee(words: Words, fee: Fee | None) -> tuple[str, str]:
    """Head and sentence: the fee, then what is left of its words and who is exempt."""
    if fee is None:
        return words("fact.unknown"), ""
    first, rest = split_sentence(fee.text)
    exemption = fee.exemption or ("" if fee.amount_vnd == 0 else words("fact.no_exemption"))
    return first, " ".join(part for part in (rest, exemption) if part)


def papers_fact(words: Words, procedure: Procedure) -> str:
    """How many papers to bring in the first of the cases; "usually" where others need others."""
    if not procedure.components:
        return words("fact.papers_unknown")
    first = procedure.cases[0].id if procedure.cases else None
    count = len(to_bring(procedure, first))
    varies = any(component.when for component in procedure.components)
    if not count:
        return words("fact.papers_vary" if perhaps(procedure, first) else "fact.papers_none")
    return words("fact.papers_usual" if varies else "fact.papers", count=count)


def to_bring(procedure: Procedure, case: str | None) -> tuple[Component, ...]:
    """What a person must have in hand in one case, whatever the answers will be."""
    return tuple(
        component
        for component in procedure.components
        if component.drawing != MACHINE_MADE
        and (component.required or not component.attach)
        and holds(component.when, case, {})
    )


def machine_made(procedure: Procedure) -> tuple[Component, ...]:
    """What nobody has to bring: the machine makes it from the answers."""
    if not sends_here(procedure):
        return ()
    return tuple(one for one in procedure.components if one.drawing == MACHINE_MADE and not one.attach)


def perhaps(procedure: Procedure, case: str | None) -> tuple[Component, ...]:
    """What is only wanted from some, by their answers or as a help; papers of other cases are left out."""
    surely = {one.id for one in (*to_bring(procedure, case), *machine_made(procedure))}
    return tuple(
        component
        for component in procedure.components
        if component.id not in surely and not (component.when and component.when.field == "case")
    )


def paper_kind(component: Component) -> PaperKind:
    """Which drawing stands beside a paper."""
    return _KINDS.get(component.drawing, PaperKind.PLAIN)


def paper_sentence(words: Words, component: Component) -> str:
    """Original or copy, and where it comes from; or what it is shown for."""
    if not component.attach:
        made = component.drawing == MACHINE_MADE
        return component.look or words("paper.machine_made" if made else "paper.show_only")
    count = ""
    if component.originals:
        count = words(
            "paper.original" if component.originals == 1 else "paper.originals", n=component.originals
        )
    elif component.copies:
        count = words("paper.copies", n=component.copies)
    return " ".join(part for part in (count, component.obtain or component.look or "") if part)
