import { CancellationScope, condition } from '@temporalio/workflow'

/**
 * Handlers leave their work here for the main loop. They only enqueue and wait for their answer; the loop alone does
 * the work, one piece after the other, so that no two moves of a case overlap. A cancellation of the workflow is seen
 * between two pieces: one that has begun is finished, or a row would say less than what was done.
 */
export class Inbox {
  #waiting: (() => Promise<void>)[] = []
  #isWorking = false

  get isEmpty(): boolean {
    return this.#waiting.length === 0
  }

  /**
   * True while work runs or waits. A row may show a move a moment before the workflow has followed it; a message that
   * comes in between waits its turn and is judged then, instead of being turned away by the state of a moment ago.
   */
  get isBusy(): boolean {
    return this.#isWorking || !this.isEmpty
  }

  /** Leaves work for which nobody waits. `urgent` goes first. */
  leave(work: () => Promise<void>, urgent = false): void {
    if (urgent) this.#waiting.unshift(work)
    else this.#waiting.push(work)
  }

  /** Leaves work and waits for its answer or its failure. */
  async ask<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    let settled: { readonly value: Answer } | { readonly failure: unknown } | undefined
    this.leave(async () => {
      try {
        settled = { value: await work() }
      } catch (failure) {
        settled = { failure }
      }
    })
    // Answered even when the workflow is cancelled meanwhile: the loop works off what is left.
    await CancellationScope.nonCancellable(() => condition(() => settled !== undefined))
    if (settled && 'value' in settled) return settled.value
    throw settled?.failure
  }

  /** Does the oldest piece of work; false when there is none. */
  async workOnce(): Promise<boolean> {
    const work = this.#waiting.shift()
    if (work === undefined) return false
    this.#isWorking = true
    try {
      await CancellationScope.nonCancellable(work)
    } finally {
      this.#isWorking = false
    }
    return true
  }

  /** Works until every handler has its answer; for the end, so that a message which came too late gets its refusal. */
  async workOff(areAnswered: () => boolean): Promise<void> {
    while (!this.isEmpty || !areAnswered()) {
      await condition(() => !this.isEmpty || areAnswered())
      await this.workOnce()
    }
  }
}
