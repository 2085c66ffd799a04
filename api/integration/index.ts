import type { Binding } from '../http/bind.ts'
import type { ApiDeps } from '../deps.ts'
import { cancelImport, confirmImport, importReport, sourceImport, uploadImport } from './imports.ts'
import { startVerification, verification } from './verifications.ts'

const handlers = [
  startVerification,
  verification,
  uploadImport,
  sourceImport,
  importReport,
  confirmImport,
  cancelImport,
]

/** Every route of API clients with its handler. */
export const integrationBindings = (deps: ApiDeps): readonly Binding[] =>
  handlers.map((handler) => handler(deps))
