/** Approvers: who was asked in a case. */
export const enApprovers = {
  asked: 'Approvers',
  relations: { manager: 'manager', named: 'named for it' },
  answers: {
    waiting: 'Waiting for the answer',
    yes: 'Said yes',
    no: 'Said no',
    not_sure: 'Not sure',
    silent: 'No answer',
  },
  askedAt: 'asked',
  answeredAt: 'answered',
  until: 'can answer until',
}
