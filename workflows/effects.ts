import type { ActivityOptions } from '@temporalio/workflow'
import { sendAttempts } from './messages.ts'

/**
 * Timeouts and retries by kind of effect: one table, no default. `startToCloseTimeout` is the
 * worst honest case and also how a dead worker is noticed.
 */
export const effects = {
  /** A message to a provider. The delivery row keeps a retry from beginning a second request. */
  send: {
    startToCloseTimeout: '15s',
    retry: {
      initialInterval: '500ms',
      backoffCoefficient: 2,
      maximumInterval: '30s',
      maximumAttempts: sendAttempts,
    },
  },
  /** A move that must be stored; it waits for the database as long as that takes. */
  record: {
    startToCloseTimeout: '10s',
    retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '60s' },
  },
  /** Computing, deciding and storing it in one transaction, while a person waits. */
  decide: {
    startToCloseTimeout: '10s',
    retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '10s', maximumAttempts: 5 },
  },
  /** A write to a directory: one try. A timeout means that the outcome is unknown. */
  writeDirectory: { startToCloseTimeout: '30s', retry: { maximumAttempts: 1 } },
  /** Reading back the result of a write. */
  readDirectory: {
    startToCloseTimeout: '10s',
    retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '10s', maximumAttempts: 10 },
  },
  /** Asking the directories for people while an agent waits: a second try would come after the agent has stopped waiting. */
  searchDirectory: {
    scheduleToStartTimeout: '4s',
    startToCloseTimeout: '8s',
    retry: { maximumAttempts: 1 },
  },
  /**
   * Maintenance runs at an interval, for all tenants; its input says how long one attempt may take. It sends a heartbeat
   * every few seconds, so that the server notices a dead worker in half a minute. The next run is the better repetition:
   * after three tries this run has failed, which log, metrics and Temporal's own pages show.
   */
  maintain: {
    heartbeatTimeout: '30s',
    retry: { initialInterval: '2s', backoffCoefficient: 3, maximumInterval: '60s', maximumAttempts: 3 },
  },
} as const satisfies Record<string, ActivityOptions>
