/** `calibrate`: the calibration report of a tenant, to read or as JSON. It proposes weights and changes nothing. */
import { z } from 'zod'
import { calibrationDays, mostCalibrated, readCalibration } from '#services/risk/calibration.ts'
import { calibrationText } from './calibration-text.ts'
import type { Command } from './command.ts'
import { Days } from './days.ts'
import { checked, optionsOf, withTenant } from './tenant.ts'

const options = {
  tenant: { type: 'string' },
  days: { type: 'string' },
  json: { type: 'boolean' },
} as const

const usage = 'calibrate [--tenant NAME] [--days N] [--json]'

const Window = z.strictObject({ days: Days(14, 366).default(calibrationDays) })

export const calibrateCommand: Command = {
  demoLogin: 'api',
  usage: `${usage}: what labelled cases say of checks and score; changes nothing`,
  run: async (args, env) => {
    const { tenant, json = false, ...given } = optionsOf(args, options)
    const window = { ...checked(Window, given, usage), most: mostCalibrated, hasLeft: () => false }
    return withTenant(env, tenant, async ({ db, tenantId, slug }) => {
      const { policy, ...found } = await readCalibration(db, tenantId, window)
      const made = { tenant: slug, policyVersion: policy.version, most: mostCalibrated, ...found }
      return json ? JSON.stringify(made) : calibrationText(made)
    })
  },
}
