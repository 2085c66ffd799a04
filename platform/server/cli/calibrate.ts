/** `calibrate`: the calibration report of a tenant, to read or as JSON. It proposes weights and changes nothing. */
import { calibrationDays, mostCalibrated, readCalibration } from '../calibration.ts'
import { calibrationText } from './calibration-text.ts'
import { CommandError, type Command } from './command.ts'
import { optionsOf, withTenant } from './tenant.ts'

const options = {
  tenant: { type: 'string' },
  days: { type: 'string' },
  json: { type: 'boolean' },
} as const

const daysOf = (text: string): number => {
  const days = Number(text)
  if (!Number.isInteger(days) || days < 14 || days > 366)
    throw new CommandError('--days: a whole number from 14 to 366.')
  return days
}

export const calibrateCommand: Command = {
  demoLogin: 'api',
  usage:
    'calibrate [--tenant NAME] [--days N] [--json]: what labelled cases say of checks and score; changes nothing',
  run: async (args, env) => {
    const { tenant, days = String(calibrationDays), json = false } = optionsOf(args, options)
    const window = { days: daysOf(days), most: mostCalibrated, hasLeft: () => false }
    return withTenant(env, tenant, async ({ db, tenantId, slug }) => {
      const { policy, ...found } = await readCalibration(db, tenantId, window)
      const made = { tenant: slug, policyVersion: policy.version, most: mostCalibrated, ...found }
      return json ? JSON.stringify(made) : calibrationText(made)
    })
  },
}
