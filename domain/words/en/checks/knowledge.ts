/** The names and sentences of checks of answers and possession, and names that no other check has for evidence and weights. */
export const enKnowledgeChecks = {
  names: {
    CHA_ANSWER: 'Answer',
    CHA_TOO_FEW: 'Number of answers',
    CHA_CANARY: 'Outdated values',
    CHA_INCONSISTENT: 'Agreement with earlier answers',
    CHA_ATTEMPTS: 'Earlier tries with questions',
    POS_OTP: 'Secret sent to a contact',
    POS_NUMBER_MATCH: 'Match code',
    POS_PASSKEY: 'Own passkey',
    POS_PROVIDER: 'Sign-in at the organisation’s provider',
    POS_PUSH: 'Push to the authenticator',
    POS_SHEET: 'Printed recovery sheet',
    POS_APPROVER: 'Approver',
  },
  texts: {
    'challenge.not_asked': 'This verification asks no questions.',
    'challenge.open': 'The questions have not ended yet.',
    'answer.correct': 'Question {family}: right, after {seconds:second|seconds}.',
    'answer.partial': 'Question {family}: partly right, after {seconds:second|seconds}.',
    'answer.incorrect': 'Question {family}: wrong, after {seconds:second|seconds}.',
    'answer.invalid': 'Question {family}: not an answer.',
    'answer.skipped': 'Question {family}: skipped or out of time.',
    'too_few.pass': 'Questions answered: {answered}, enough to judge.',
    'too_few.hit': 'Questions answered: {answered}; at least {minimum} are needed.',
    'canary.pass': 'No outdated value was picked.',
    'canary.hit': 'An outdated or invented value was picked in {count:question|questions}.',
    'inconsistent.not_compared': 'Earlier answers have not been compared.',
    'inconsistent.pass': 'Answers agree with earlier ones.',
    'inconsistent.hit': 'The same fact was answered differently within 30 days ({families}).',
    'attempts.not_counted': 'Earlier verifications with questions have not been counted.',
    'attempts.pass': 'This is the first verification with questions within 30 days.',
    'attempts.hit': 'Verification with questions number {times} within 30 days.',
    'otp.waiting': 'No secret sent to a contact has come back yet.',
    'otp.unbound': 'The link was opened, but the match code is still missing.',
    'otp.returned': 'The secret sent to a contact on file came back ({masked}).',
    'otp.not_eligible': 'The secret came back, but from a contact that proves nothing alone ({masked}).',
    'passkey.none': 'No passkey of this participant counts as evidence.',
    'passkey.not_used': 'The participant has a passkey that counts, but has not used it in this case.',
    'passkey.given_up': 'The participant was asked for their passkey and does not have it at hand.',
    'passkey.proven': 'The participant confirmed with their own passkey ({name}).',
    'provider.none': 'The organisation’s sign-in provider does not know this participant.',
    'provider.not_used':
      'The participant could sign in at the organisation’s provider, but has not done so in this case.',
    'provider.given_up':
      'The participant was asked to sign in at the organisation’s provider and cannot do so now, which says nothing against them.',
    'provider.weak':
      'The participant signed in at the organisation’s provider, but with a password only, which proves too little.',
    'provider.other_account':
      'Somebody signed in at the organisation’s provider on this page with the account of another person.',
    'provider.proven': 'The participant signed in at the organisation’s provider, with more than a password.',
    'provider.resistant':
      'The participant signed in at the organisation’s provider in a way that cannot be phished.',
    'push.not_asked': 'No push to an authenticator was asked for.',
    'push.waiting':
      'The participant was asked to approve a push on their authenticator and has not done so yet.',
    'push.given_up':
      'The participant was asked to approve a push on their authenticator and did not, which says nothing against them.',
    'push.denied':
      'Somebody denied the push on the authenticator of this account: its owner may not be the person on this page.',
    'push.proven': 'The participant approved a push on the authenticator of their own account.',
    'sheet.not_asked': 'No code of a printed recovery sheet was asked for.',
    'sheet.waiting':
      'The participant was asked for a code of a printed recovery sheet and has not given one.',
    'sheet.given_up':
      'The participant was asked for a code of a printed recovery sheet and gave none that counts, which says nothing against them.',
    'sheet.proven': 'The participant typed a code of their own printed recovery sheet.',
    'approver.not_asked': 'No approver was asked.',
    'approver.waiting': 'An approver was asked and has not answered yet.',
    'approver.silent': 'The approver did not answer in time, which says nothing against the participant.',
    'approver.not_sure': 'The approver was not sure, which says nothing against the participant.',
    'approver.not_eligible': 'An approver said yes, but their account or contacts changed since.',
    'approver.vouched_manager': 'The manager signed in and confirmed the participant.',
    'approver.vouched_named': 'A person named for it signed in and confirmed the participant.',
    'approver.denied':
      'The approver signed in and said that this is not the participant, or should not happen.',
    'number_match.not_used': 'This route uses no match code.',
    'number_match.waiting': 'The match code has not been entered correctly yet.',
    'number_match.hit': 'The participant entered the match code read out by the agent.',
  },
  evidence: {},
  weights: {},
} as const
