import type { Inbox } from '../inbox.ts'
import type { StaffAttestation } from '../messages.ts'
import { updateId } from '../update-id.ts'
import { staffRequestOf, type VerificationRun } from './run.ts'
import type { StaffRequest } from './activity-types.ts'

/** Leaves work for the main loop and waits for its answer. */
export type Ask = <Answer>(work: () => Promise<Answer>) => Promise<Answer>

/** An act in the name of staff comes with the API's attestation and the update that carries it (T11). */
export const byStaff =
  <Input extends { readonly attestation?: StaffAttestation }, Answer>(
    ask: Ask,
    work: (input: Input, staffRequest: StaffRequest) => Promise<Answer>,
  ) =>
  (input: Input): Promise<Answer> => {
    const staffRequest = staffRequestOf(updateId(), input)
    return ask(() => work(input, staffRequest))
  }

/**
 * Does the work of an update and keeps its answer. The server knows an update's id for one run; a repeat that reaches the
 * next run gets the first answer from what was handed over.
 */
export const askOnce = async <Answer>(
  inbox: Inbox,
  run: VerificationRun,
  work: () => Promise<Answer>,
): Promise<Answer> => {
  const id = updateId()
  const known = run.answerTo(id)
  if (known !== undefined) return known.answer as Answer
  const answer = await inbox.ask(work)
  run.answered(id, answer)
  return answer
}
