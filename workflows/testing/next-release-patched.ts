/** The same release to come, written as it must be: cases that began before it continue as they began. */
import { patched, sleep } from '@temporalio/workflow'
import type { VerificationInput } from '../messages.ts'
import { verification as today } from '../verification/workflow.ts'

/** Everything else stays as it is; the one below takes the place of today's. */
export * from '../index.ts'

export async function verification(input: VerificationInput): Promise<void> {
  const done = today(input)
  if (patched('2026-11-24-one-thing-more')) await sleep(1)
  await done
}
