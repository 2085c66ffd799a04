/** Imports at the console: what staff may look at, and an admin confirm. */
import { bind } from '../../http/bind.ts'
import type { ApiDeps } from '../../deps.ts'
import { staffAsImporter } from '../../imports/importer.ts'
import { confirmFor, cancelFor, previewFor, reportFor } from '../../imports/confirm.ts'
import { uploadFor } from '../../imports/upload.ts'

export const uploadImport = (deps: ApiDeps) =>
  bind('console.uploadImport', ({ staff, ...sent }) => uploadFor(deps, staffAsImporter(staff), sent))

export const sourceImport = (deps: ApiDeps) =>
  bind('console.sourceImport', ({ staff, params }) =>
    previewFor(deps, staffAsImporter(staff), params.importId),
  )

export const importReport = (deps: ApiDeps) =>
  bind('console.importReport', ({ staff, params }) =>
    reportFor(deps, staffAsImporter(staff), params.importId),
  )

export const confirmImport = (deps: ApiDeps) =>
  bind('console.confirmImport', ({ staff, params, body }) =>
    confirmFor(deps, staffAsImporter(staff), params.importId, body.isDropConfirmed),
  )

export const cancelImport = (deps: ApiDeps) =>
  bind('console.cancelImport', ({ staff, params }) =>
    cancelFor(deps, staffAsImporter(staff), params.importId),
  )
