import { enQuestions } from '#domain/words/en/questions.ts'
import { enWatchSentences } from './alarms.ts'
import { enPurposeSentences } from '#domain/words/en/purposes.ts'
import { enApprovalSentences } from './approvals.ts'
import { enEventSentences } from './events.ts'
import type { Sentences } from '../sentence-keys.ts'

/** Sentences by key that the server names: warnings, the policy's answers, instructions, refusals, events, questions. */
export const enSentences: Sentences = {
  ...enWatchSentences,
  ...enPurposeSentences,
  ...enApprovalSentences,
  ...enEventSentences,
  'refusal.directory_cannot': 'This directory cannot do that.',
  'send.account_disabled':
    'This account is disabled in its directory, so nothing is sent. Ask those who run the directory to enable it first.',
  'refusal.account_disabled':
    'This account is disabled in its directory, so nothing is sent. Ask those who run the directory to enable it first.',
  'send.purpose_not_offered': 'The person’s directory does not offer this.',
  'refusal.purpose_not_offered': 'The person’s directory does not offer this.',
  'refusal.grant_unusable': 'The permission to change the account was not valid any more.',
  'warning.contact_changed': '{contact}[ ({contactLabel})] was changed {hours:hour|hours} ago.',
  'warning.contact_changed_now': '{contact}[ ({contactLabel})] was changed within the last hour.',
  'warning.directory_away':
    'The directory does not answer. What is shown is from its last reading, and nothing can be changed there until it answers.',
  'warning.directory_held':
    'The directory shows far fewer people or contacts than before, which is not believed yet. What is shown may be old.',
  'warning.no_contacts': 'No contact is on file.',
  'warning.one_contact': 'Only one contact is on file.',
  'warning.never_via_help_desk': 'This account is never handled by the help desk.',
  'warning.blocked': 'New verifications of this person are blocked for a while. A supervisor knows more.',
  'warning.account_locked': 'The account is locked.',
  'warning.account_disabled': 'The account is disabled.',
  'warning.account_deleted': 'The account is deleted.',
  'warning.account_not_started': 'This person has not started work yet.',
  'warning.privileged': 'Privileged: two kinds of evidence and a second approval are needed.',
  'warning.password_changed': 'The password was changed {hours:hour|hours} ago.',
  'warning.password_changed_now': 'The password was changed within the last hour.',
  'warning.mfa_changed': 'A sign-in factor was changed {hours:hour|hours} ago.',
  'warning.mfa_changed_now': 'A sign-in factor was changed within the last hour.',
  'warning.failed_today': 'Failed verifications within 24 hours: {count}.',
  'warning.many_attempts': 'Verifications within 24 hours: {count}.',
  'warning.reported': '“This was not me” within 30 days: {count:time|times}.',

  'send.typed_contact': 'Not on file: contacts cannot be typed in here.',
  'send.unreadable': 'It does not open, so nothing can be sent there. The admins were told.',
  'send.contact_changed': 'Changed a short time ago, so a supervisor has to send it.',
  'send.channel_not_offered': 'The policy does not use this channel for this purpose.',
  'send.line_type': 'This kind of number gets no text messages.',
  'send.country_off': 'Text messages to this country are switched off.',
  'send.disposable_mail': 'This is a throw-away mailbox.',
  'send.number_in_doubt': 'The carrier cannot vouch for this number right now.',
  'send.participant_limit': 'Too many links were sent to this person. Wait a while, or use another way.',
  'send.contact_limit': 'Too many links were sent to this contact. Wait a while, or use another one.',
  'send.prefix_limit': 'Too many links were sent to numbers like this one. Wait a while.',
  'send.tenant_limit': 'Today’s limit of messages is reached.',
  'send.agent_limit': 'You have reached your limit for now. A supervisor can help.',
  'send.participant_blocked':
    'New verifications of this person are blocked for a while. A supervisor knows more.',
  'send.own_case': 'You cannot handle yourself, your manager or your reports.',
  'send.contact_changed_not_alone': 'It was changed a short time ago, so other evidence is needed as well.',
  'send.age_unknown_not_alone': 'It is not known how old it is, so other evidence is needed as well.',
  'send.line_type_unknown': 'The kind of number is not known.',
  'send.sms_not_alone': 'A text message alone is not enough.',
  'send.own_mailbox_not_alone':
    'It is the mailbox of the account itself, so other evidence is needed as well.',
  'send.second_kind_needed': 'A second kind of evidence will be needed.',
  'send.open_verification': 'A verification of this person is running.',
  'send.no_contacts': 'No contact is on file. Use another way: in person, or through the manager.',

  'policy.reported': 'the participant said “this was not me”',
  'policy.account_state': 'the account is not active',
  'policy.approver_denied': 'an approver said no',
  'policy.gate_closed': 'connection or device looked too risky to ask questions',
  'policy.floor': 'one finding is serious enough by itself',
  'policy.risk_high': 'the risk is high',
  'policy.risk_elevated': 'the risk is elevated',
  'policy.new_place': 'neither the device nor the network was seen with this person before',
  'policy.own_mailbox':
    'the only contact used is the mailbox of the account itself, which anybody who took over the account can read',
  'policy.contact_changed': 'a contact was changed a short time ago',
  'breach.foreign_page':
    'The page was opened through another address[: {origin}]. Whoever runs that address can read the page. Treat this as an attack. Tell the caller to close the page, and send a new link to another contact on file.',
  'breach.wrong_key':
    'Another browser acted in this session, so we ended it. Treat this as an attack. Send a new link to another contact on file.',
  'breach.no_proof':
    'A request did not come from the browser that typed the code, so we ended the session. Ask the caller whether they deleted the data of their browser. If not, treat this as an attack. Send a new link to another contact on file.',
  'breach.no_key':
    'The browser that came back cannot prove that it is safe to go on. Ask the caller to use an up-to-date browser without private mode, and send a new link.',
  'policy.sign': 'because of the finding “{check}”',
  'policy.privileged': 'a privileged person',
  'policy.elevated_threat': 'an elevated threat: the strictest rules hold for everybody',
  'policy.not_enough_questions': 'too few questions were possible or answered',
  'policy.evidence_missing': 'evidence is missing',
  'policy.unanswered_questions': 'questions were left unanswered',
  'policy.nothing_against': 'nothing speaks against it',

  'instruction.auto': 'The policy decides by itself; there is nothing to do.',
  'instruction.agent': 'The evidence that the policy asks for is there. You can decide now.',
  'instruction.yours': 'A supervisor decides this one: weigh the reasons, then decide.',
  'instruction.supervisor': 'Promise nothing and pass the case to a supervisor: only they can decide it.',
  'instruction.second_contact':
    'A code went to another contact on file. The person types it on their page; they must not read it out to you.',
  'instruction.second_code_refused':
    'The code to another contact could not be sent. On their page, the person can ask for it again at the time shown below, or go on without it. Without it, one kind of proof is missing.',
  'instruction.passkey': 'Ask for the passkey: the participant confirms with it on the page that is open.',
  'instruction.provider_sign_in':
    'Ask the participant to sign in at your organisation’s provider, on the page that is open.',
  'instruction.push':
    'Ask the participant to have a push sent on the page that is open, and to approve it only if it shows your organisation and the two words of this case.',
  'instruction.recovery_sheet':
    'Ask the participant for a code of their printed recovery sheet. They type it on the page that is open; do not let them read it out.',
  'instruction.approver': 'An approver was asked; wait for the answer.',
  'instruction.new_evidence':
    'Not enough yet: send a new link to another contact, ask an approver, see the person, or refuse.',
  'instruction.close': 'Nothing more can be done here. Offer another way: in person, or through the manager.',

  'ask_approver.not_offered': 'The policy of this case does not ask approvers.',
  'ask_approver.case_limit':
    'Everybody who may vouch was asked, or as many as the policy allows in one case.',
  'ask_approver.nobody':
    'There is no manager on file and nobody is named. An admin can name somebody under Policy.',
  'ask_approver.is_participant': 'Nobody else but the participant could vouch.',
  'ask_approver.is_agent': 'Whoever could vouch handles this case.',
  'ask_approver.is_agents_manager':
    'Whoever could vouch is your manager, so they are not independent of you.',
  'ask_approver.is_agents_report': 'Whoever could vouch reports to you, so they are not independent of you.',
  'ask_approver.account': 'The account of whoever could vouch is locked, disabled or frozen.',
  'ask_approver.cannot_sign_in':
    'Whoever could vouch cannot sign in here: the directory does not know their sign-in id.',
  'ask_approver.contact_changed': 'A contact of whoever could vouch was changed a short time ago.',
  'ask_approver.no_contact': 'Whoever could vouch has no contact that a request may go to.',
  'ask_approver.asked_too_often': 'Whoever could vouch was asked too often lately. Try again later.',

  'refusal.not_found': 'This does not exist, or you may not see it.',
  'refusal.not_permitted': 'Your role does not allow this, or somebody else started the case.',
  'refusal.sign_in_required': 'Please sign in again.',
  'refusal.api_key_required': 'This needs the key of an API client.',
  'refusal.scope_missing': 'This key is not good for that.',
  'refusal.session_ended': 'Your session has ended. Please sign in again.',
  'refusal.state_does_not_allow': 'Not possible now[ (state: {state})].',
  'refusal.verification_closed': 'This verification is closed.',
  'refusal.already_decided': 'This has been decided already.',
  'refusal.evidence_missing': 'The evidence that the policy asks for is not complete.',
  'refusal.supervisor_required': 'Only a supervisor may do this.',
  'refusal.own_case': 'Somebody else has to do this: you started it, or you are too close to the person.',
  'refusal.own_part': 'Another supervisor has to do this: you started or decided a case that was reported.',
  'refusal.asked_to_vouch':
    'Somebody else has to do this: you were asked to vouch for this person in this case.',
  'refusal.contact_not_on_file': 'This contact is not on file.',
  'refusal.contact_not_allowed': 'The policy does not allow this contact.',
  'refusal.contact_changed': 'This contact was changed in the meantime.',
  'refusal.never_via_help_desk': 'This account is never handled by the help desk.',
  'refusal.send_limit_reached':
    'Too many messages were sent to this person or contact. Use another way, or wait.',
  'refusal.agent_limit_reached':
    'You have reached your limit for now.[ It is possible again from {again}.] If it cannot wait, ask a supervisor.',
  'refusal.view_limit_reached': 'You have 30 saved views. Delete one to save another.',
  'refusal.participant_blocked':
    'New verifications of this person are blocked for a while. A supervisor knows more.',
  'refusal.open_verification_exists': 'A verification of this person is running already.',
  'refusal.link_unusable': 'The link cannot be used any more.',
  'refusal.code_wrong': 'The code was wrong.',
  'refusal.approver_unavailable': 'Nobody can be asked to vouch for this person now.',
  'refusal.approver_named_already':
    'This person is named for it already. Look in the list; it may wait for a second admin.',
  'refusal.code_exhausted': 'The code was wrong too often. Send a new link; it comes with a new code.',
  'refusal.question_over': 'The time for the question is over.',
  'refusal.step_over': 'This step is over.',
  'refusal.passkey_refused': 'This passkey was not accepted.',
  'refusal.step_up_required': 'Confirm with your passkey first.',
  'refusal.sign_in_again_required': 'Sign in again first.',
  'refusal.password_refused': 'The directory’s rules refused the new password.',
  'refusal.directory_refused': 'The directory refused the change.',
  'refusal.idempotency_key_reused': 'The form changed while it was sent. Please try again.',
  'refusal.policy_changed': 'The policy has changed since you began. Load it again; your text is kept.',
  'refusal.proposal_over': 'This proposal is decided, expired or out of date. Look at its newest state.',
  'refusal.second_person_required':
    'Another person has to do this. You took the first step yourself, with this account or another one of yours.',
  'refusal.account_not_linked':
    'Your account is not linked to a person, so it cannot count as one of two people. Ask the operator of Countersign to link it (command “staff --person”), or to add your work address to the company directory.',
  'refusal.other_not_linked':
    'The account[ of {name}] is not linked to a person, so we cannot tell whether you are two people. Ask the operator of Countersign to link it (command “staff --person”).',
  'refusal.threat_unchanged': 'The switch stands there already. Look at its newest state.',
  'refusal.import_over': 'This import is over, or is just being done. Look at its newest state.',
  'refusal.imports_open': 'Too many imports are not over yet. Confirm or cancel some of them first.',
  'refusal.drop_not_confirmed':
    'This would take away many facts. Tick that this is meant, then confirm again.',
  'refusal.too_many_requests': 'Too many requests. Please wait a moment.',
  'refusal.cancelled': 'It was cancelled.',
  'refusal.time_over': 'The time was over.',
  'refusal.reported': 'It was stopped by a report.',
  'refusal.stopped': 'It was stopped at the help desk.',
  'refusal.superseded': 'A newer verification took its place.',
  'refusal.read_back_not_done': 'The directory shows that nothing was changed.',
  'refusal.read_back_unknown': 'The directory does not show whether it was changed.',

  'floor.AUTOMATION_TWICE': 'two independent signs of a program',
  'floor.COVERAGE_ONE': 'one category has too little data',
  'floor.COVERAGE_TWO': 'several categories have too little data',

  ...enQuestions.staff,
  'question.unknown': 'The question is no longer kept.',
}
