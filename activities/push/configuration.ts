/**
 * Which organisation has which service for pushes: a file of the operator, named by PUSH_SERVICES, read by the worker alone. It
 * names the files that hold credentials and never holds one (E6, M5).
 */
import { z } from 'zod'
import type { Db } from '#platform/database/connect.ts'
import { tenantIdOf } from '#services/tenants/tenants.ts'
import { OperatorFileProblem, parseOperatorFile, readOperatorFile } from '../operator-file.ts'
import { createDuo } from './duo.ts'
import { duoOptions, privacyIdeaOptions } from './options.ts'
import type { PushService, PushServices } from './port.ts'
import { createPrivacyIdea } from './privacyidea.ts'

/** One line for each kind. */
const anyOptions = z.discriminatedUnion('kind', [duoOptions, privacyIdeaOptions])
type PushOptions = z.output<typeof anyOptions>

const file = z.strictObject({ services: z.array(anyOptions).max(50) })
const fileAt = (path: string) => ({ variable: 'PUSH_SERVICES', path, page: 'docs/pushes.md' })

/** One line for each kind. */
const serviceOf = (options: PushOptions): PushService =>
  options.kind === 'duo' ? createDuo(options) : createPrivacyIdea(options)

/** Parses the text of the operator's file. @throws OperatorFileProblem */
export const parsePushServices = (text: string, path: string): readonly PushOptions[] => {
  const { services } = parseOperatorFile(file, text, fileAt(path))
  const tenants = services.map(({ tenant }) => tenant)
  const twice = tenants.find((tenant, index) => tenants.indexOf(tenant) !== index)
  if (twice !== undefined) throw new OperatorFileProblem(fileAt(path), `it names ${twice} twice`)
  return services
}

/** Reads the file, and finds the tenants that it names. @throws OperatorFileProblem */
export const loadPushServices = async (db: Db, path: string): Promise<PushServices> => {
  const services = new Map<string, PushService>()
  for (const options of parsePushServices(readOperatorFile(fileAt(path)), path)) {
    const tenantId = await tenantIdOf(db, options.tenant)
    if (tenantId === undefined)
      throw new OperatorFileProblem(fileAt(path), `there is no organisation ${options.tenant}`)
    services.set(tenantId, serviceOf(options))
  }
  return services
}
