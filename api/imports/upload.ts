import { createHash } from 'node:crypto'
import { importLimits } from '#domain/questions/import-kinds.ts'
import {
  addChunk,
  addImport,
  cancelImport,
  endUpload,
  readImport,
  type ImportRow,
} from '#services/imports/imports.ts'
import { notify } from '#platform/database/notify.ts'
import { recordEvents } from '#platform/database/record-events.ts'
import { inTenant } from '#platform/database/transaction.ts'
import type { Call } from '../http/bind.ts'
import type { SentFile } from '../http/callers.ts'
import type { ApiDeps } from '../deps.ts'
import { InvalidInput, invariant, Refused } from '../http/errors.ts'
import type { Importer } from './importer.ts'

/** Bytes of one sealed piece: all of a file that this process holds at a time. */
const pieceBytes = 256 * 1024

const tooLarge = (): InvalidInput =>
  new InvalidInput(413, [
    { path: 'body', code: 'too_big', message: `at most ${String(importLimits.bytes)} bytes` },
  ])

/** Regroups what comes in over the wire. @throws InvalidInput 413 as soon as it is too much (H9) */
const piecesOf = async function* (bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let waiting: Uint8Array[] = []
  let size = 0
  let all = 0
  for await (const piece of bytes) {
    all += piece.length
    if (all > importLimits.bytes) throw tooLarge()
    waiting.push(piece)
    size += piece.length
    if (size < pieceBytes) continue
    yield Buffer.concat(waiting)
    waiting = []
    size = 0
  }
  if (size > 0) yield Buffer.concat(waiting)
}

type Kept = { readonly bytes: number; readonly sha256: Buffer }

/** Keeps a file piece by piece, sealed; the worker reads it. */
const keepFile = async (
  { db, keys }: Pick<ApiDeps, 'db' | 'keys'>,
  tenantId: string,
  importId: string,
  file: SentFile,
): Promise<Kept> => {
  const hash = createHash('sha256')
  let bytes = 0
  let ordinal = 0
  for await (const piece of piecesOf(file.bytes)) {
    hash.update(piece)
    bytes += piece.length
    const at = ordinal
    await inTenant(db, tenantId, (tx) => addChunk(tx, keys, importId, at, piece))
    ordinal += 1
  }
  return { bytes, sha256: hash.digest() }
}

type Sent = Pick<Call<'console.uploadImport'>, 'params' | 'query' | 'http' | 'operationId'>

/** Takes a file in. Its content is not checked yet: the worker looks at it, and the importer confirms what it would do. */
export const uploadFor = async (
  { db, keys }: Pick<ApiDeps, 'db' | 'keys'>,
  { tenantId, origin, by, actor }: Importer,
  { params: { kind }, query: { mode, unknown }, http: { file }, operationId: id }: Sent,
): Promise<ImportRow> => {
  invariant(file !== undefined, 'a route of files has a file')
  const begun = { id, kind, origin, format: file.format, mode, isStrict: unknown === 'stop', by }
  if (!(await inTenant(db, tenantId, (tx) => addImport(tx, begun)))) throw new Refused('imports_open')
  const { bytes, sha256 } = await keepFile({ db, keys }, tenantId, id, file).catch(async (error: unknown) => {
    // Half a file is no file.
    await inTenant(db, tenantId, (tx) => cancelImport(tx, id))
    throw error
  })
  return inTenant(db, tenantId, async (tx) => {
    await endUpload(tx, id, bytes, sha256)
    const row = await readImport(tx, id)
    invariant(row !== undefined, 'what was begun is there')
    await notify(tx, 'settings', id)
    await recordEvents(tx, actor, null, [
      {
        type: 'source.uploaded',
        object: { kind: 'tenant', id: tenantId },
        payload: { importId: id, kind, mode, bytes, sha256: sha256.toString('hex') },
      },
    ])
    return row
  })
}
