/** Imports by an API client: those that it brought itself, and no others. */
import { bind } from '../http/bind.ts'
import type { ApiDeps } from '../deps.ts'
import { clientAsBringer } from '../imports/bringer.ts'
import { agreeTo, leave, lookAt, reportOf } from '../imports/settle.ts'
import { takeIn } from '../imports/take-in.ts'

export const uploadImport = (deps: ApiDeps) =>
  bind('integration.uploadImport', ({ client, ...sent }) => takeIn(deps, clientAsBringer(client), sent))

export const sourceImport = (deps: ApiDeps) =>
  bind('integration.sourceImport', ({ client, params }) =>
    lookAt(deps, clientAsBringer(client), params.importId),
  )

export const importReport = (deps: ApiDeps) =>
  bind('integration.importReport', ({ client, params }) =>
    reportOf(deps, clientAsBringer(client), params.importId),
  )

export const confirmImport = (deps: ApiDeps) =>
  bind('integration.confirmImport', ({ client, params, body }) =>
    agreeTo(deps, clientAsBringer(client), params.importId, body.isDropConfirmed),
  )

export const cancelImport = (deps: ApiDeps) =>
  bind('integration.cancelImport', ({ client, params }) =>
    leave(deps, clientAsBringer(client), params.importId),
  )
