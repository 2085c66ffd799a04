import { applyMove, next, type Move, type VerificationState } from '#domain/verification/state.ts'
import type { ActorRef, StaffAttestation, VerificationInput, VerificationView } from '../messages.ts'
import { refuseWith } from '../failures.ts'
import type { CaseRef, RecordedMove, StaffRequest, Snapshot } from './activity-types.ts'

/** Continue-as-new hands this to the next run. */
export type Carried = {
  readonly snapshot: Snapshot
  /** ISO 8601 UTC, like the case's own. */
  readonly createdAt: string
  readonly expiresAt: string
  readonly band: string | null
  /** Requests to approvers so far, and until when the newest is waited for. */
  readonly approvers: AskedApprovers
  /** The first approval that waits for the second. */
  readonly firstApproval: FirstApproval | null
  /** Ids of the newest signals, oldest first. */
  readonly handled: readonly string[]
  /** The newest updates and their answers, oldest first: a repeated one gets its first answer in the next run too. */
  readonly answers: readonly (readonly [string, unknown])[]
}

/** So many ids of signals, and answers, are handed on; a repeat comes soon, and what it repeats changes nothing twice. */
const mostIds = 500
const mostAnswers = 50

/** `ordinal`: of the newest request, 0 before there is one. `untilMs`: null while none is waited for. */
export type AskedApprovers = { readonly ordinal: number; readonly untilMs: number | null }

/** Row of `approvals`, and until when it lives. */
export type FirstApproval = { readonly id: string; readonly untilMs: number }

/** The workflow id and the run id of this run. */
export type RunInfo = { readonly runId: string; readonly startedMs: number }

/** Which contact the current link went to, and as which delivery. */
export type Target = Pick<
  Snapshot,
  'channel' | 'contactId' | 'contactMasked' | 'linkOrdinal' | 'linkDeliveryId' | 'portalSessionId'
>

/** Details of one move. */
export type MoveDetail = Pick<RecordedMove, 'reason' | 'ref' | 'person' | 'staffRequest'>

const iso = (ms: number): string => new Date(ms).toISOString()

/** The state that the first run begins with, as if it had been handed over. */
const firstRun = (input: VerificationInput, { startedMs }: RunInfo): Carried => ({
  snapshot: {
    ...{ state: 'created', outcome: null, decision: null, seq: 0 },
    ...{ channel: input.channel, contactId: input.contactId, contactMasked: input.contactMasked },
    ...{ linkOrdinal: 0, linkDeliveryId: '', portalSessionId: null },
  },
  createdAt: iso(startedMs),
  expiresAt: iso(startedMs + input.lifetimes.verificationSeconds * 1000),
  band: null,
  approvers: { ordinal: 0, untilMs: null },
  firstApproval: null,
  handled: [],
  answers: [],
})

/** Packs the attestation of a message for the activity that checks it. */
export const staffRequestOf = (
  operationId: string,
  { attestation }: { readonly attestation?: StaffAttestation },
): StaffRequest => ({
  operationId,
  ...(attestation === undefined ? {} : { attestation }),
})

/** The state of one verification and its moves that no activity has recorded yet. */
export class VerificationRun {
  readonly case: CaseRef
  /** The API's attestation for the start. */
  readonly started: StaffRequest
  readonly deadlineMs: number
  #snapshot: Snapshot
  #recordedSeq: number
  #unrecorded: RecordedMove[] = []
  #handled: Set<string>
  #answers: Map<string, unknown>
  /** The band of the newest score. */
  band: string | null
  approvers: AskedApprovers
  firstApproval: FirstApproval | null
  /** The id of the signal that the answers are in, so that a repeat of it may make up for what failed. */
  completionId: string | null = null

  constructor(input: VerificationInput, info: RunInfo) {
    const carried = (input.carried as Carried | undefined) ?? firstRun(input, info)
    this.deadlineMs = Date.parse(carried.expiresAt)
    this.#handled = new Set(carried.handled)
    this.#answers = new Map(carried.answers)
    this.band = carried.band
    this.approvers = carried.approvers
    this.firstApproval = carried.firstApproval
    this.#snapshot = carried.snapshot
    this.#recordedSeq = this.#snapshot.seq
    this.started = staffRequestOf(input.verificationId, input)
    this.case = {
      tenantId: input.tenantId,
      verificationId: input.verificationId,
      personId: input.personId,
      purpose: input.purpose,
      tier: input.tier,
      policyVersion: input.policyVersion,
      referrer: input.referrer,
      ticket: input.ticket,
      createdAt: carried.createdAt,
      expiresAt: carried.expiresAt,
      run: { id: info.runId, startedAt: iso(info.startedMs) },
    }
  }

  get state(): VerificationState {
    return this.#snapshot.state
  }
  get isOpen(): boolean {
    return this.state !== 'closed'
  }
  get snapshot(): Snapshot {
    return this.#snapshot
  }
  get unrecorded(): readonly RecordedMove[] {
    return this.#unrecorded
  }
  get view(): VerificationView {
    const { state, outcome, decision, seq } = this.#snapshot
    return { state, outcome, decision, seq, recordedSeq: this.#recordedSeq }
  }
  get carried(): Carried {
    return {
      snapshot: this.#snapshot,
      createdAt: this.case.createdAt,
      expiresAt: this.case.expiresAt,
      band: this.band,
      approvers: this.approvers,
      firstApproval: this.firstApproval,
      handled: [...this.#handled].slice(-mostIds),
      answers: [...this.#answers].slice(-mostAnswers),
    }
  }

  /** True the first time an id is seen: signals may come twice. */
  isFirst(id: string): boolean {
    if (this.#handled.has(id)) return false
    this.#handled.add(id)
    return true
  }

  /** An id whose work failed may come again. */
  forget(id: string): void {
    this.#handled.delete(id)
  }

  /** Keeps the answer to an update. */
  answered(updateId: string, answer: unknown): void {
    this.#answers.set(updateId, answer)
  }

  /** The answer that an update has had, in this run or an earlier one. */
  answerTo(updateId: string): { readonly answer: unknown } | undefined {
    return this.#answers.has(updateId) ? { answer: this.#answers.get(updateId) } : undefined
  }

  /** The birth of the verification: the first record. */
  create(actor: ActorRef, atMs: number): void {
    const staffRequest = this.started
    this.#snapshot = { ...this.#snapshot, seq: this.#snapshot.seq + 1 }
    this.#push({ move: 'create', from: null, to: 'created', actor, occurredAt: iso(atMs), staffRequest })
  }

  /** Nobody started it: it ends, and no record says that it was there. */
  abandon(): void {
    this.#snapshot = { ...this.#snapshot, state: 'closed' }
    this.#unrecorded = []
  }

  /** Takes back what was moved since and could not be recorded. */
  takeBack(before: Snapshot): void {
    this.#snapshot = before
    this.#unrecorded = this.#unrecorded.filter(({ seq }) => seq <= before.seq)
  }

  /** A link is on its way to a contact, whatever became of it. */
  aim(target: Target): void {
    this.#snapshot = { ...this.#snapshot, ...target }
  }

  /** A right code began a session. */
  openedIn(portalSessionId: string): void {
    this.#snapshot = { ...this.#snapshot, portalSessionId }
  }

  /** @throws the refusal, where the domain's table does not know the move in this state */
  mustAllow(move: Move): void {
    const to = next(this.state, move)
    if (!to.ok) throw refuseWith(to.error)
  }

  /** Makes a move that is still to be recorded. */
  move(move: Move, actor: ActorRef, atMs: number, detail: MoveDetail = {}): void {
    const from = this.state
    this.#step(move)
    this.#push({ move, from, to: this.state, actor, occurredAt: iso(atMs), ...detail })
  }

  /** Follows moves that an activity has recorded together with its effect. */
  follow(moves: readonly Move[]): void {
    for (const move of moves) this.#step(move)
    this.#recordedSeq = this.#snapshot.seq
  }

  /** Everything up to here is stored. */
  recorded(seq: number): void {
    this.#recordedSeq = Math.max(this.#recordedSeq, seq)
    this.#unrecorded = this.#unrecorded.filter((move) => move.seq > seq)
  }

  #step(move: Move): void {
    const after = applyMove(this.#snapshot, move)
    if (!after.ok) throw refuseWith(after.error)
    this.#snapshot = after.value
  }

  #push(move: Omit<RecordedMove, 'seq'>): void {
    this.#unrecorded.push({ seq: this.#snapshot.seq, ...move })
  }
}
