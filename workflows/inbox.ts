import { condition } from '@temporalio/workflow'

/**
 * What handlers leave for the main loop. Handlers only enqueue and wait for their answer; the loop alone does the
 * work, one piece after the other, so that no two moves of a case overlap (temporal.md section 3).
 */
export class Inbox {
  #waiting: (() => Promise<void>)[] = []

  get isEmpty(): boolean {
    return this.#waiting.length === 0
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
    await condition(() => settled !== undefined)
    if (settled && 'value' in settled) return settled.value
    throw settled?.failure
  }

  /** The oldest piece of work. */
  take(): (() => Promise<void>) | undefined {
    return this.#waiting.shift()
  }
}
