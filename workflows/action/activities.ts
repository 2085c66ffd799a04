import { proxyActivities } from '@temporalio/workflow'
import { effects } from '../effects.ts'
import { taskQueues } from '../messages.ts'
import type {
  AccountUnlockActivities,
  MfaResetActivities,
  PasswordResetActivities,
  WriteActivities,
} from './steps.ts'

type Everything = PasswordResetActivities & AccountUnlockActivities & MfaResetActivities

/** The children's activities with timeouts, retries and queue by kind of effect. */
const proxies = (queuePrefix: string) => {
  const taskQueue = taskQueues(queuePrefix).directory
  return {
    recording: proxyActivities<Everything>(effects.record),
    reading: proxyActivities<Everything>({ ...effects.readDirectory, taskQueue }),
    writing: proxyActivities<Everything>({ ...effects.writeDirectory, taskQueue }),
  }
}

type Proxies = ReturnType<typeof proxies>

const aroundWrites = ({ recording, reading }: Proxies): WriteActivities => ({
  issueGrant: recording.issueGrant,
  recordAction: recording.recordAction,
  recordIntent: reading.recordIntent,
  readBack: reading.readBack,
})

/** The activities of a password reset. */
export const activitiesFor = (queuePrefix: string): PasswordResetActivities => {
  const all = proxies(queuePrefix)
  const { setPassword } = all.writing
  const { endSessions, clearLockout } = all.reading
  return { ...aroundWrites(all), setPassword, endSessions, clearLockout }
}

/** The activities of an unlock. */
export const unlockActivitiesFor = (queuePrefix: string): AccountUnlockActivities => {
  const all = proxies(queuePrefix)
  return { ...aroundWrites(all), unlockAccount: all.writing.unlockAccount }
}

/** The activities of a reset of factors. */
export const factorActivitiesFor = (queuePrefix: string): MfaResetActivities => {
  const all = proxies(queuePrefix)
  return {
    ...aroundWrites(all),
    resetFactors: all.writing.resetFactors,
    endSessions: all.reading.endSessions,
  }
}
