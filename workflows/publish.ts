import { upsertSearchAttributes } from '@temporalio/workflow'
import { searchAttributes } from './messages.ts'

/** Where a case stands, as operators find it. */
export type Standing = { readonly state: string; readonly band?: string | null }

/** Keeps the search attributes of an execution: written when a case stands elsewhere than before, and only then. */
export class Publisher {
  #shown: Standing

  /** @param shown what the start, or the run before, has set already */
  constructor(shown: Standing) {
    this.#shown = shown
  }

  /** Once for each piece of work, in the task that ends it: no event of its own but the change. */
  show(now: Standing): void {
    const changes = [
      ...(now.state === this.#shown.state ? [] : [{ key: searchAttributes.state, value: now.state }]),
      ...(!now.band || now.band === this.#shown.band
        ? []
        : [{ key: searchAttributes.band, value: now.band }]),
    ]
    if (changes.length > 0) upsertSearchAttributes(changes)
    this.#shown = now
  }
}
