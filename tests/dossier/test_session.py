"""Stories of people at the kiosk, told to the session machine."""

from __future__ import annotations

import pytest

from kiosk.devices.source import Entry, EntryKind, Listing, Place, Stick
from kiosk.dossier import route
from kiosk.dossier.pages import Page, Stop
from kiosk.dossier.session import UndefinedStep, initial
from kiosk.dossier.session_effects import (
    FindSticks,
    ListPlace,
    LookUp,
    MarkReceiptGiven,
    PrintReceipt,
    ReadPaper,
    RingStaff,
    StartTimer,
    StopTimer,
    Submit,
    Wipe,
)
from kiosk.dossier.session_state import (
    Answered,
    BackPressed,
    Begun,
    ChangePressed,
    DossierSaved,
    DossierStarted,
    EndPressed,
    Failed,
    Failure,
    FileChosen,
    HomePressed,
    Language,
    LanguageChosen,
    LanguageOpened,
    LeaveConfirmed,
    Machine,
    MachineChanged,
    NoticeRead,
    OfflineOpened,
    Overlay,
    OverlayClosed,
    PaperAsked,
    PaperRead,
    PapersDone,
    PlaceListed,
    PlaceOpened,
    PrintPressed,
    ProcedureChosen,
    QueryTyped,
    SecretToggled,
    StaffCalled,
    SticksFound,
    StillHere,
    SubmitPressed,
    Timer,
    TimerFired,
    Touched,
    TrackAsked,
    TrackingFound,
    TrackingOpened,
    Visit,
)
from kiosk.ports import Tracked, TrackSource
from tests.dossier.desk import BIRTH, DELAYS, SECRET, STAY, Kiosk, new_draft, paper, saved

APPLICANT_NAME = Stop(Page.APPLICANT, "person_name")
CHILD_NAME = Stop(Page.QUESTION, "child_name")
STICK = Stick(Place("A"), "USB")


def test_a_mother_sends_a_birth_dossier_and_leaves_with_a_receipt() -> None:
    kiosk = Kiosk().do(Begun(), QueryTyped("khai sinh"))
    assert kiosk.page is Page.RESULTS
    kiosk.do(ProcedureChosen(BIRTH), DossierStarted(draft := new_draft()))
    assert kiosk.page is Page.NOTICE
    kiosk.fill()
    assert kiosk.page is Page.PAPERS
    kiosk.attach_all().do(PapersDone())
    assert kiosk.page is Page.CHECK

    kiosk.do(SubmitPressed())
    [submit] = kiosk.all(Submit)
    assert kiosk.page is Page.SUBMITTING
    assert submit.application.dossier_id == draft.dossier_id
    assert submit.application.applicant.name == "Giàng Thị Mỷ"
    assert submit.application.answers["child_name"]

    kiosk.do(DossierSaved(kiosk.state.ticket, saved(draft.dossier_id)))
    assert kiosk.page is Page.RECEIPT
    assert kiosk.state.visit.draft is None
    kiosk.do(EndPressed())
    assert kiosk.page is Page.ATTRACT
    assert kiosk.effects[-3:-1] == [MarkReceiptGiven(draft.dossier_id), Wipe()]


def test_two_taps_on_submit_make_one_dossier() -> None:
    kiosk = Kiosk().to_check().do(SubmitPressed(), SubmitPressed(), BackPressed(), HomePressed())
    assert kiosk.page is Page.SUBMITTING
    assert len(kiosk.all(Submit)) == 1


def test_submit_fails_and_the_retry_is_the_same_dossier() -> None:
    kiosk = Kiosk().to_check().do(SubmitPressed())
    kiosk.do(Failed(kiosk.state.ticket, Failure("data-unwritable", (("reason", "disk full"),))))
    assert kiosk.page is Page.CHECK
    assert kiosk.state.visit.failure is not None
    assert "disk full" in kiosk.state.visit.failure.sentence("en")
    kiosk.do(SubmitPressed())
    first, second = kiosk.all(Submit)
    assert first.application.dossier_id == second.application.dossier_id


def test_nothing_ends_the_submitting_page_but_an_answer() -> None:
    kiosk = Kiosk().to_check().do(SubmitPressed())
    assert kiosk.effects[-1] == StopTimer(Timer.IDLE)
    kiosk.do(TimerFired(Timer.IDLE), TimerFired(Timer.ANSWER), EndPressed())
    assert (kiosk.page, kiosk.state.overlay) == (Page.SUBMITTING, None)


def test_a_tap_twice_on_continue_skips_no_question() -> None:
    kiosk = Kiosk().start().do(NoticeRead())
    first = kiosk.stop
    kiosk.do(Answered(first, False), Answered(first, False))
    assert kiosk.stop == Stop(Page.APPLICANT, "applicant_kind")


def test_a_wrong_number_stays_in_its_field_with_a_sentence() -> None:
    kiosk = Kiosk().start().do(NoticeRead()).say(False).say("person").say("Giàng Thị Mỷ")
    stop = kiosk.stop
    kiosk.say("12345")
    assert kiosk.stop == stop
    [problem] = kiosk.state.visit.problems
    assert problem.finding is not None
    assert problem.finding.sentence("vi")
    assert kiosk.draft.shown(stop) == "12345"
    assert kiosk.draft.answer(stop) is None
    kiosk.say("002 190 001 234")
    assert kiosk.stop != stop
    assert kiosk.draft.answer(stop) == "002190001234"


def test_back_keeps_what_was_typed_right_or_wrong() -> None:
    kiosk = Kiosk().start().do(NoticeRead()).say(False).say("person")
    kiosk.do(BackPressed("Vàng Thị Dợ"))
    assert kiosk.stop.name == "applicant_kind"
    kiosk.say("person")
    assert kiosk.draft.shown(kiosk.stop) == "Vàng Thị Dợ"
    kiosk.say("Vàng Thị Dợ").do(BackPressed("00219"))
    kiosk.say("Vàng Thị Dợ")
    assert kiosk.draft.shown(kiosk.stop) == "00219"


def test_back_leads_all_the_way_to_the_procedure_and_home() -> None:
    kiosk = Kiosk().to_check()
    seen = 0
    while kiosk.page is not Page.HOME:
        kiosk.do(BackPressed())
        seen += 1
        assert seen < 100
    assert kiosk.draft.answers


def test_change_goes_to_one_question_and_comes_back_to_check() -> None:
    kiosk = Kiosk().to_check().do(ChangePressed(CHILD_NAME))
    assert (kiosk.page, kiosk.stop) == (Page.QUESTION, CHILD_NAME)
    kiosk.say("Lù Thị Sáo")
    assert kiosk.page is Page.CHECK
    assert kiosk.draft.answer(CHILD_NAME) == "Lù Thị Sáo"


def test_back_from_a_change_comes_back_to_check_too() -> None:
    kiosk = Kiosk().to_check().do(ChangePressed(CHILD_NAME), BackPressed())
    assert kiosk.page is Page.CHECK


def test_a_change_that_brings_new_questions_asks_them_before_check() -> None:
    kiosk = Kiosk().to_check().do(ChangePressed(Stop(Page.APPLICANT, "standing_here")))
    kiosk.say(False)
    assert kiosk.stop == Stop(Page.SUBMITTER, "submitter_name")
    kiosk.fill()
    assert kiosk.page is Page.CHECK
    application = kiosk.draft.to_application()
    assert application.submitter is not None
    assert application.submitter.name == "Lù Văn Páo"


def test_an_incomplete_dossier_is_not_sent_but_says_what_is_missing() -> None:
    kiosk = Kiosk().start().fill().do(PapersDone())
    assert kiosk.page is Page.CHECK
    kiosk.do(SubmitPressed())
    assert kiosk.page is Page.CHECK
    assert not kiosk.all(Submit)
    missing = [problem.component for problem in kiosk.state.visit.problems]
    assert missing == list(kiosk.draft.missing())
    assert all(problem.stop == route.PAPERS for problem in kiosk.state.visit.problems)


def test_a_cooperative_sends_through_its_representative() -> None:
    kiosk = Kiosk().to_check(applicant_kind="organisation")
    application = kiosk.draft.to_application()
    assert application.applicant.tax_code == "5100123452"
    assert application.submitter is not None
    assert application.submitter.name == "Vàng Mí Sính"


def test_a_volunteer_is_named_in_the_dossier() -> None:
    kiosk = Kiosk().to_check(helper_present=True)
    helper = kiosk.draft.to_application().helper
    assert helper is not None
    assert helper.name == "Lò Thị Sen"


def test_home_in_the_middle_and_back_is_the_same_dossier_at_the_same_place() -> None:
    kiosk = Kiosk().start().do(NoticeRead()).say(False)
    stop, dossier_id = kiosk.stop, kiosk.draft.dossier_id
    kiosk.do(HomePressed(), ProcedureChosen(BIRTH), DossierStarted(new_draft()))
    assert (kiosk.stop, kiosk.draft.dossier_id) == (stop, dossier_id)
    kiosk.do(HomePressed(), ProcedureChosen(STAY), DossierStarted(new_draft(STAY)))
    assert kiosk.page is Page.NOTICE
    assert kiosk.draft.dossier_id != dossier_id


def test_when_storage_is_low_looking_up_goes_on_but_no_dossier_begins() -> None:
    kiosk = Kiosk().do(MachineChanged(Machine(no_dossiers="storage-low")))
    kiosk.do(Begun(), QueryTyped("tạm trú"), ProcedureChosen(STAY), DossierStarted(new_draft(STAY)))
    assert kiosk.page is Page.PROCEDURE
    assert kiosk.state.visit.failure == Failure("storage-low")
    assert kiosk.state.visit.draft is None


# Idle and wipe ------------------------------------------------------------------------------------


def test_idle_in_the_middle_of_a_form_warns_then_wipes() -> None:
    kiosk = Kiosk().start().do(NoticeRead()).say(False)
    kiosk.do(TimerFired(Timer.IDLE))
    assert kiosk.state.overlay is Overlay.IDLE_WARNING
    assert StartTimer(Timer.ANSWER, DELAYS.answer_s) in kiosk.effects
    kiosk.do(TimerFired(Timer.ANSWER))
    assert kiosk.page is Page.ATTRACT
    assert kiosk.state.visit == Visit()
    assert Wipe() in kiosk.effects


def test_one_tap_answers_the_idle_warning_and_nothing_is_lost() -> None:
    kiosk = Kiosk().start().do(NoticeRead()).say(False)
    before = kiosk.state.visit
    kiosk.do(TimerFired(Timer.IDLE), StillHere())
    assert kiosk.state.visit == before
    assert kiosk.effects[-2:] == [StartTimer(Timer.IDLE, DELAYS.idle_warning_s), StopTimer(Timer.ANSWER)]


def test_typing_keeps_the_idle_warning_away() -> None:
    kiosk = Kiosk().do(Begun())
    kiosk.effects.clear()
    kiosk.do(Touched())
    assert kiosk.effects == [StartTimer(Timer.IDLE, DELAYS.idle_warning_s)]


def test_a_touch_on_the_attract_page_starts_no_timer() -> None:
    assert Kiosk().do(Touched(), TimerFired(Timer.IDLE)).effects == []


def test_leaving_with_an_unsent_dossier_asks_first() -> None:
    kiosk = Kiosk().start().do(EndPressed())
    assert kiosk.state.overlay is Overlay.LEAVE
    kiosk.do(OverlayClosed())
    assert kiosk.page is Page.NOTICE
    kiosk.do(EndPressed(), LeaveConfirmed())
    assert kiosk.state.visit == Visit()


def test_a_file_that_arrives_after_the_wipe_is_dropped() -> None:
    kiosk = Kiosk().start().fill()
    component = kiosk.draft.missing()[0].id
    kiosk.do(PaperAsked(component))
    ticket = kiosk.state.ticket
    kiosk.do(TimerFired(Timer.IDLE), TimerFired(Timer.ANSWER))
    kiosk.do(PaperRead(ticket, paper(component)))
    assert (kiosk.page, kiosk.state.visit) == (Page.ATTRACT, Visit())
    kiosk.do(Begun(), PaperRead(ticket, paper(component)))
    assert kiosk.page is Page.HOME


def test_staff_are_called_from_anywhere_even_while_submitting() -> None:
    kiosk = Kiosk().to_check().do(SubmitPressed(), StaffCalled())
    assert RingStaff() in kiosk.effects
    kiosk.do(DossierSaved(kiosk.state.ticket, saved(kiosk.draft.dossier_id)))
    assert (kiosk.page, kiosk.state.overlay) == (Page.RECEIPT, Overlay.CALL_STAFF)
    kiosk.do(OverlayClosed())
    assert kiosk.state.overlay is None


# The receipt --------------------------------------------------------------------------------------


def at_receipt() -> Kiosk:
    kiosk = Kiosk().to_check().do(SubmitPressed())
    return kiosk.do(DossierSaved(kiosk.state.ticket, saved(kiosk.draft.dossier_id)))


def test_the_private_code_hides_itself_again() -> None:
    kiosk = at_receipt().do(SecretToggled())
    assert kiosk.state.visit.secret_shown
    assert StartTimer(Timer.SECRET, DELAYS.secret_shown_s) in kiosk.effects
    kiosk.do(TimerFired(Timer.SECRET))
    assert not kiosk.state.visit.secret_shown


def test_the_receipt_gives_more_time_and_prints() -> None:
    kiosk = at_receipt()
    assert kiosk.effects[-1] == StartTimer(Timer.IDLE, DELAYS.receipt_idle_s)
    kiosk.do(PrintPressed())
    assert PrintReceipt("TQ27-01-000142-51", SECRET) in kiosk.effects


def test_home_on_the_receipt_asks_before_the_code_is_gone_for_ever() -> None:
    kiosk = at_receipt().do(HomePressed())
    assert (kiosk.page, kiosk.state.overlay) == (Page.RECEIPT, Overlay.LEAVE)
    kiosk.do(LeaveConfirmed())
    assert [type(effect) for effect in kiosk.effects[-3:-1]] == [MarkReceiptGiven, Wipe]


# Papers -------------------------------------------------------------------------------------------


def at_stick() -> tuple[Kiosk, str]:
    kiosk = Kiosk().start().fill()
    component = kiosk.draft.missing()[0].id
    return kiosk.do(PaperAsked(component)), component


def listing(place: Place) -> Listing:
    entry = Entry(EntryKind.PAPER, b"a.pdf", "a.pdf", 10, "application/pdf", False)
    return Listing(place, "USB", (entry,), 0, False)


def test_the_only_stick_opens_by_itself_and_a_file_becomes_a_paper() -> None:
    kiosk, component = at_stick()
    kiosk.do(SticksFound(kiosk.state.ticket, (STICK,)))
    assert kiosk.effects[-1] == ListPlace(kiosk.state.ticket, STICK.top)
    kiosk.do(PlaceListed(kiosk.state.ticket, listing(STICK.top)))
    kiosk.do(FileChosen(STICK.top, b"a.pdf"))
    assert ReadPaper(kiosk.state.ticket, component, STICK.top, b"a.pdf") in kiosk.effects
    kiosk.do(PaperRead(kiosk.state.ticket, paper(component)))
    assert kiosk.page is Page.PAPERS
    assert kiosk.draft.attachment(component) is not None


def test_back_goes_up_the_folders_then_to_the_papers() -> None:
    kiosk, _ = at_stick()
    inner = STICK.top.inside(b"giay to")
    kiosk.do(SticksFound(kiosk.state.ticket, (STICK,)), PlaceOpened(inner))
    kiosk.do(PlaceListed(kiosk.state.ticket, listing(inner)), BackPressed())
    assert kiosk.effects[-2] == ListPlace(kiosk.state.ticket, STICK.top)
    kiosk.do(PlaceListed(kiosk.state.ticket, listing(STICK.top)), BackPressed())
    assert kiosk.page is Page.PAPERS


def test_with_two_sticks_the_person_chooses_and_comes_back_to_the_choice() -> None:
    kiosk, _ = at_stick()
    other = Stick(Place("B"), "USB 2")
    kiosk.do(SticksFound(kiosk.state.ticket, (STICK, other)), PlaceOpened(other.top))
    kiosk.do(PlaceListed(kiosk.state.ticket, listing(other.top)), BackPressed())
    picker = kiosk.state.visit.picker
    assert picker is not None
    assert (picker.listing, len(picker.sticks)) == (None, 2)


def test_a_stick_pulled_out_in_the_middle_leaves_a_sentence_and_a_way_on() -> None:
    kiosk, _ = at_stick()
    kiosk.do(SticksFound(kiosk.state.ticket, (STICK,)))
    kiosk.do(Failed(kiosk.state.ticket, Failure("usb-gone")))
    picker = kiosk.state.visit.picker
    assert picker is not None
    assert picker.listing is None
    assert kiosk.state.visit.failure == Failure("usb-gone")
    kiosk.do(PlaceOpened(None))
    assert kiosk.effects[-2] == FindSticks(kiosk.state.ticket)
    assert kiosk.state.visit.failure is None


# Beside a dossier ---------------------------------------------------------------------------------


def test_tracking_says_when_the_code_cannot_be_one_and_keeps_it() -> None:
    kiosk = Kiosk().do(Begun(), TrackingOpened(), TrackAsked("ABCD"))
    assert kiosk.state.visit.failure == Failure("private-code")
    assert kiosk.state.visit.tracking.typed == "ABCD"
    assert not kiosk.all(LookUp)


def test_tracking_finds_and_forgets_the_code_on_leaving() -> None:
    from kiosk.identifiers import grouped, new_secret

    secret = new_secret()
    kiosk = Kiosk().do(Begun(), TrackingOpened(), TrackAsked(grouped(secret).lower()))
    [look_up] = kiosk.all(LookUp)
    assert look_up.code == secret
    found = Tracked(None, "received", None, None, None, None, None, TrackSource.CACHE)
    kiosk.do(TrackingFound(kiosk.state.ticket, found))
    assert kiosk.state.visit.tracking.found == found
    kiosk.do(BackPressed(), TrackingOpened())
    assert kiosk.state.visit.tracking.typed == ""


def test_language_changes_in_the_middle_of_a_question_and_keeps_the_letters() -> None:
    kiosk = Kiosk().start().do(NoticeRead()).say(False).say("person")
    stop = kiosk.stop
    kiosk.do(LanguageOpened("Vàng Thị Dợ"), LanguageChosen(Language.EN))
    assert (kiosk.page, kiosk.stop) == (Page.APPLICANT, stop)
    assert kiosk.draft.shown(stop) == "Vàng Thị Dợ"
    assert kiosk.state.visit.language is Language.EN


def test_the_next_person_gets_the_first_language_again() -> None:
    kiosk = Kiosk().do(LanguageOpened(), LanguageChosen(Language.EN))
    assert kiosk.page is Page.HOME
    kiosk.do(EndPressed())
    assert kiosk.state.visit.language is Language.VI


def test_one_side_page_over_another_still_leads_back() -> None:
    kiosk = Kiosk().start().do(OfflineOpened(), LanguageOpened(), BackPressed())
    assert kiosk.page is Page.NOTICE


def test_out_of_service_waits_until_the_person_has_gone() -> None:
    kiosk = Kiosk().start().do(MachineChanged(Machine(out_of_service="data-damaged")))
    assert kiosk.page is Page.NOTICE
    kiosk.do(EndPressed(), LeaveConfirmed())
    assert kiosk.page is Page.OUT_OF_SERVICE
    kiosk.do(MachineChanged(Machine()))
    assert kiosk.page is Page.ATTRACT


def test_a_kiosk_that_starts_broken_says_so_and_lets_staff_be_called() -> None:
    kiosk = Kiosk(initial(Machine(out_of_service="data-damaged"))).do(StaffCalled(), OverlayClosed())
    assert kiosk.page is Page.OUT_OF_SERVICE


def test_a_page_that_sends_what_it_cannot_is_a_bug() -> None:
    with pytest.raises(UndefinedStep, match="SubmitPressed on attract"):
        Kiosk().do(SubmitPressed())
    with pytest.raises(UndefinedStep, match="HomePressed on leave"):
        Kiosk().start().do(EndPressed(), HomePressed())
