"""The root of every change."""

from typing import Annotated, TypeVar

import strawberry

from schema.actions import AddActionInput, FinishActionInput
from schema.acts import act
from schema.alerts import AcknowledgeAlertsInput, AlertsResult
from schema.case_incidents import AddIncidentInput
from schema.changing import (
    AddNoteInput,
    CaseInput,
    CaseResult,
    ChangeCaseInput,
    ConfirmConsentInput,
    EndCaseInput,
    EndInvolvementInput,
    InviteToCaseInput,
    InvolvePersonInput,
    InvolvePremisesInput,
    OpenCaseInput,
    SetFootprintInput,
    TransferLeadInput,
)
from schema.described_links import ConfirmLikenessInput, WithdrawLikenessInput
from schema.paging import unbound
from schema.referrals import ReferralResult, SubmitReferralInput
from schema.risk import AssessRiskInput
from schema.tasking import (
    AbsenceResult,
    AcceptTaskInput,
    AnswerTaskInput,
    FinishTaskInput,
    HandOnTaskInput,
    SendTaskInput,
    SetAbsenceInput,
    TaskResult,
)
from schema.triage import (
    AnswerReferralInput,
    CloseReferralInput,
    HandBackReferralInput,
    MarkDuplicateInput,
    ReopenReferralInput,
    ReturnReferralInput,
    TakeReferralInput,
    TriageReferralInput,
    TriageResult,
    WithdrawReferralInput,
)
from schema.tying import EndLinkInput, LinkPeopleInput, PeopleResult

Given = TypeVar("Given")
Input = Annotated[Given, strawberry.argument(description="What is to be done.")]


@strawberry.type(
    description="Changes, one in each operation. Each needs a purpose, and an agreement that lets this viewer make it."
)
class Mutation:
    @act("open", "Case", "Open a case, which the asking agency leads.")
    def open_case(self, input: Input[OpenCaseInput]) -> CaseResult:  # noqa: A002 - the contract's word
        return unbound()

    @act("change", "Case", "Change what a case says.")
    def change_case(self, input: Input[ChangeCaseInput]) -> CaseResult:  # noqa: A002 - the contract's word
        return unbound()

    @act("join", "Case", "Take part in a case from now on.")
    def join_case(self, input: Input[CaseInput]) -> CaseResult:  # noqa: A002 - the contract's word
        return unbound()

    @act("leave", "Case", "Take part in a case no longer.")
    def leave_case(self, input: Input[CaseInput]) -> CaseResult:  # noqa: A002 - the contract's word
        return unbound()

    @act("invite", "Case", "Let another agency take part in a case.")
    def invite_to_case(self, input: Input[InviteToCaseInput]) -> CaseResult:  # noqa: A002 - the contract's word
        return unbound()

    @act("involve", "Case", "State that a case concerns a person.")
    def involve_person(self, input: Input[InvolvePersonInput]) -> CaseResult:  # noqa: A002 - the contract's word
        return unbound()

    @act("involve", "Case", "State that a case concerns premises.")
    def involve_premises(self, input: Input[InvolvePremisesInput]) -> CaseResult:  # noqa: A002 - the contract's word
        return unbound()

    @act("endInvolvement", "Case", "Say that one's agency no longer holds that a case concerns a person, or premises.")
    def end_involvement(self, input: Input[EndInvolvementInput]) -> CaseResult:  # noqa: A002 - the contract's word
        return unbound()

    @act("note", "Case", "Note something in a case.")
    def add_note(self, input: Input[AddNoteInput]) -> CaseResult:  # noqa: A002 - the contract's word
        return unbound()

    @act("addAction", "Case", "Say what an agency is to do in a case.")
    def add_action(self, input: Input[AddActionInput]) -> CaseResult:  # noqa: A002 - the contract's word
        return unbound()

    @act("finishAction", "Case", "Say what came of an action that is with one's agency, or in a case that it leads.")
    def finish_action(self, input: Input[FinishActionInput]) -> CaseResult:  # noqa: A002 - the contract's word
        return unbound()

    @act("addIncident", "Case", "Write down something that happened, which a case is about.")
    def add_incident(self, input: Input[AddIncidentInput]) -> CaseResult:  # noqa: A002 - the contract's word
        return unbound()

    @act("assessRisk", "Case", "Assess the risk to, or from, somebody whom a case concerns.")
    def assess_risk(self, input: Input[AssessRiskInput]) -> CaseResult:  # noqa: A002 - the contract's word
        return unbound()

    @act("setFootprint", "Case", "Draw the ground that a case is about.")
    def set_footprint(self, input: Input[SetFootprintInput]) -> CaseResult:  # noqa: A002 - the contract's word
        return unbound()

    @act("transferLead", "Case", "Let another agency lead a case that one's own leads.")
    def transfer_lead(self, input: Input[TransferLeadInput]) -> CaseResult:  # noqa: A002 - the contract's word
        return unbound()

    @act("confirmConsent", "Case", "Say whether whom a case concerns agrees.")
    def confirm_consent(self, input: Input[ConfirmConsentInput]) -> CaseResult:  # noqa: A002 - the contract's word
        return unbound()

    @act("close", "Case", "Close a case.")
    def close_case(self, input: Input[EndCaseInput]) -> CaseResult:  # noqa: A002 - the contract's word
        return unbound()

    @act("reopen", "Case", "Open a closed case again.")
    def reopen_case(self, input: Input[EndCaseInput]) -> CaseResult:  # noqa: A002 - the contract's word
        return unbound()

    @act("acknowledge", "Alert", "Take notice of alerts.")
    def acknowledge_alerts(self, input: Input[AcknowledgeAlertsInput]) -> AlertsResult:  # noqa: A002 - the contract's word
        return unbound()

    @act("send", "Task", "Ask something of a person, a team or an agency.")
    def send_task(self, input: Input[SendTaskInput]) -> TaskResult:  # noqa: A002 - the contract's word
        return unbound()

    @act("accept", "Task", "Take a task upon oneself that is with one's agency.")
    def accept_task(self, input: Input[AcceptTaskInput]) -> TaskResult:  # noqa: A002 - the contract's word
        return unbound()

    @act("answer", "Task", "Answer a task that is with one's agency.")
    def answer_task(self, input: Input[AnswerTaskInput]) -> TaskResult:  # noqa: A002 - the contract's word
        return unbound()

    @act("handOn", "Task", "Hand a task on that is with one's agency.")
    def hand_on_task(self, input: Input[HandOnTaskInput]) -> TaskResult:  # noqa: A002 - the contract's word
        return unbound()

    @act("finish", "Task", "Say that a task is over that one's agency sent or has.")
    def finish_task(self, input: Input[FinishTaskInput]) -> TaskResult:  # noqa: A002 - the contract's word
        return unbound()

    @act("state", "Absence", "Say when one is away, and who stands in.")
    def set_absence(self, input: Input[SetAbsenceInput]) -> AbsenceResult:  # noqa: A002 - the contract's word
        return unbound()

    @act("submit", "Referral", "Ask the partnership to look into something.")
    def submit_referral(self, input: Input[SubmitReferralInput]) -> ReferralResult:  # noqa: A002 - the contract's word
        return unbound()

    @act("take", "Referral", "Take a referral up for triage, so that nobody else triages it meanwhile.")
    def take_referral(self, input: Input[TakeReferralInput]) -> TriageResult:  # noqa: A002 - the contract's word
        return unbound()

    @act("handBack", "Referral", "Let a referral wait again that somebody has taken up.")
    def hand_back_referral(self, input: Input[HandBackReferralInput]) -> TriageResult:  # noqa: A002 - the contract's word
        return unbound()

    @act("triage", "Referral", "Judge by the criteria where a referral goes, and send it there.")
    def triage_referral(self, input: Input[TriageReferralInput]) -> TriageResult:  # noqa: A002 - the contract's word
        return unbound()

    @act("return", "Referral", "Ask the referrer's agency for more.")
    def return_referral(self, input: Input[ReturnReferralInput]) -> TriageResult:  # noqa: A002 - the contract's word
        return unbound()

    @act("answer", "Referral", "Add to a referral of one's own agency what was asked for.")
    def answer_referral(self, input: Input[AnswerReferralInput]) -> TriageResult:  # noqa: A002 - the contract's word
        return unbound()

    @act("markDuplicate", "Referral", "Judge that a referral is of the same matter as another.")
    def mark_duplicate(self, input: Input[MarkDuplicateInput]) -> TriageResult:  # noqa: A002 - the contract's word
        return unbound()

    @act("confirmLikeness", "Referral", "Judge that somebody whom a referral describes is a person of the hub.")
    def confirm_likeness(self, input: Input[ConfirmLikenessInput]) -> TriageResult:  # noqa: A002 - the contract's word
        return unbound()

    @act("withdrawLikeness", "Referral", "Take back that somebody whom a referral describes is a person of the hub.")
    def withdraw_likeness(self, input: Input[WithdrawLikenessInput]) -> TriageResult:  # noqa: A002 - the contract's word
        return unbound()

    @act("close", "Referral", "Close a referral, once those to whom it went have done what there was to do.")
    def close_referral(self, input: Input[CloseReferralInput]) -> TriageResult:  # noqa: A002 - the contract's word
        return unbound()

    @act("withdraw", "Referral", "Take back a referral of one's own agency.")
    def withdraw_referral(self, input: Input[WithdrawReferralInput]) -> TriageResult:  # noqa: A002 - the contract's word
        return unbound()

    @act("reopen", "Referral", "Look again at a referral that was rejected or closed, or not followed for another.")
    def reopen_referral(self, input: Input[ReopenReferralInput]) -> TriageResult:  # noqa: A002 - the contract's word
        return unbound()

    @act("link", "Person", "State how two people are tied to one another.")
    def link_people(self, input: Input[LinkPeopleInput]) -> PeopleResult:  # noqa: A002 - the contract's word
        return unbound()

    @act("endLink", "Person", "Say that one's agency no longer holds that two people are tied so.")
    def end_link(self, input: Input[EndLinkInput]) -> PeopleResult:  # noqa: A002 - the contract's word
        return unbound()
