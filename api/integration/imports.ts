/** Imports by an API client: those that it brought itself, and no others. */
import { bind } from '../http/bind.ts'
import type { ApiDeps } from '../deps.ts'
import { clientAsImporter } from '../imports/importer.ts'
import { confirmFor, cancelFor, previewFor, reportFor } from '../imports/confirm.ts'
import { uploadFor } from '../imports/upload.ts'

export const uploadImport = (deps: ApiDeps) =>
  bind('integration.uploadImport', ({ client, ...sent }) => uploadFor(deps, clientAsImporter(client), sent))

export const sourceImport = (deps: ApiDeps) =>
  bind('integration.sourceImport', ({ client, params }) =>
    previewFor(deps, clientAsImporter(client), params.importId),
  )

export const importReport = (deps: ApiDeps) =>
  bind('integration.importReport', ({ client, params }) =>
    reportFor(deps, clientAsImporter(client), params.importId),
  )

export const confirmImport = (deps: ApiDeps) =>
  bind('integration.confirmImport', ({ client, params, body }) =>
    confirmFor(deps, clientAsImporter(client), params.importId, body.isDropConfirmed),
  )

export const cancelImport = (deps: ApiDeps) =>
  bind('integration.cancelImport', ({ client, params }) =>
    cancelFor(deps, clientAsImporter(client), params.importId),
  )
