import { log } from '@temporalio/workflow'

/** A step whose failure changes nothing about the rest. */
export const attempt = async (what: string, work: () => Promise<void>): Promise<void> => {
  try {
    await work()
  } catch (error) {
    log.warn('a step around a directory write failed', { what, error: String((error as Error).name) })
  }
}
