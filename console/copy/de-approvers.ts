import type { enApprovers } from './en-approvers.ts'

/** Vertrauenspersonen: wer in einem Fall gefragt wurde. */
export const deApprovers: typeof enApprovers = {
  asked: 'Vertrauenspersonen',
  relations: { manager: 'Führungskraft', named: 'dafür benannt' },
  answers: {
    waiting: 'Antwort steht aus',
    yes: 'Sagte Ja',
    no: 'Sagte Nein',
    not_sure: 'Nicht sicher',
    silent: 'Keine Antwort',
  },
  askedAt: 'gefragt',
  answeredAt: 'geantwortet',
  until: 'Antwort möglich bis',
}
