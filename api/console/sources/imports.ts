/** Imports at the console: what staff may look at, and an admin confirm. */
import { bind } from '../../http/bind.ts'
import type { ApiDeps } from '../../deps.ts'
import { staffAsBringer } from '../../imports/bringer.ts'
import { agreeTo, leave, lookAt, reportOf } from '../../imports/settle.ts'
import { takeIn } from '../../imports/take-in.ts'

export const uploadImport = (deps: ApiDeps) =>
  bind('console.uploadImport', ({ staff, ...sent }) => takeIn(deps, staffAsBringer(staff), sent))

export const sourceImport = (deps: ApiDeps) =>
  bind('console.sourceImport', ({ staff, params }) => lookAt(deps, staffAsBringer(staff), params.importId))

export const importReport = (deps: ApiDeps) =>
  bind('console.importReport', ({ staff, params }) => reportOf(deps, staffAsBringer(staff), params.importId))

export const confirmImport = (deps: ApiDeps) =>
  bind('console.confirmImport', ({ staff, params, body }) =>
    agreeTo(deps, staffAsBringer(staff), params.importId, body.isDropConfirmed),
  )

export const cancelImport = (deps: ApiDeps) =>
  bind('console.cancelImport', ({ staff, params }) => leave(deps, staffAsBringer(staff), params.importId))
