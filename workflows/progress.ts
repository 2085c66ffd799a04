import { upsertSearchAttributes } from '@temporalio/workflow'
import { searchAttributes } from './messages.ts'

/** The progress of a case, as operators find it. */
export type Progress = { readonly state: string; readonly band?: string | null }

/** Keeps the search attributes of an execution. They are written only when the progress has changed. */
export class Publisher {
  #shown: Progress

  /** @param shown what the start, or the run before, has set already */
  constructor(shown: Progress) {
    this.#shown = shown
  }

  /** Once for each piece of work, in the task that ends it: no event of its own but the change. */
  show(now: Progress): void {
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
