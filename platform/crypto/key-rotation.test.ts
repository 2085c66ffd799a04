import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createCodec } from '../temporal/codec.ts'
import { createKeyFiles, type KeyFiles } from './key-files.ts'
import { addKeys, useNewestKeys } from './key-rotation.ts'
import { loadKeys, type KeyHolder, type KeyRing } from './keys.ts'
import { openSealedText, seal, signGrant, verifyGrant } from './sealing.ts'

let folder: string
let files: KeyFiles
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-rotation-'))
  files = createKeyFiles(folder)
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

type Rings = Readonly<Record<KeyHolder, KeyRing>>
const rings = (): Rings => ({ api: loadKeys(files.api, 'api'), worker: loadKeys(files.worker, 'worker') })

const place = { tenantId: 't', table: 'contacts', column: 'value_sealed', row: 'r' }
const context = { type: 'workflow', workflowId: 't/verification/v', namespace: 'n' } as const
const payload = {
  metadata: { encoding: new TextEncoder().encode('json/plain') },
  data: new TextEncoder().encode('1'),
}
const grant = {
  ...{ id: 'g', tenantId: 't', verificationId: 'v', personId: 'p', directory: 'd', directoryId: 'u' },
  ...{ purpose: 'password_reset' as const, policyVersion: 1, approvers: ['a'], evidenceDigest: '' },
  sessionId: null,
  ...{ issuedAt: '2026-01-01T10:00:00Z', expiresAt: '2026-01-01T10:15:00Z', waited: null },
}

/** True if processes with the one pair of files understand all that those with the other write. */
const understand = async (readers: Rings, writers: Rings): Promise<boolean> => {
  for (const reader of [readers.api, readers.worker])
    for (const writer of [writers.api, writers.worker]) {
      if (openSealedText(reader, place, seal(writer, place, 'x')) !== 'x') return false
      const sealed = await createCodec(writer.codec).encode([payload], context)
      await createCodec(reader.codec).decode(sealed, context)
    }
  return verifyGrant(readers.api, grant, signGrant(writers.worker, grant))
}
const heads = ({ worker }: Rings) =>
  [worker.data, worker.codec, worker.grant, worker.inputs].map((list) => list.currentId)

describe('E4: a rotation of keys in two halves', () => {
  it('at no step writes what processes of the step before cannot read', async () => {
    const before = rings()
    addKeys(folder)
    const added = rings()
    expect(heads(added)).toEqual(heads(before))
    expect(await understand(before, added)).toBe(true)
    expect(await understand(added, before)).toBe(true)
    useNewestKeys(folder)
    const used = rings()
    expect(heads(used)).toEqual(['d2', 'c2', 'g2', 'i2'])
    expect(await understand(added, used)).toBe(true)
    expect(await understand(used, added)).toBe(true)
    // It takes two steps because a process that did not get the new keys first cannot read messages made with them.
    await expect(understand(before, used)).rejects.toThrow('not in the key file')
  })

  it('again gives the next keys, and all earlier ones still read', () => {
    const oldest = seal(rings().api, place, 'oldest')
    for (let times = 0; times < 2; times += 1) {
      addKeys(folder)
      useNewestKeys(folder)
    }
    expect(heads(rings())).toEqual(['d3', 'c3', 'g3', 'i3'])
    expect(openSealedText(rings().worker, place, oldest)).toBe('oldest')
  })

  it('M5: keeps mode and owner, and gives the API no private half', () => {
    for (const file of Object.values(files)) chmodSync(file, 0o400)
    addKeys(folder)
    useNewestKeys(folder)
    for (const file of Object.values(files)) expect(statSync(file).mode & 0o777).toBe(0o400)
    expect(readFileSync(files.api, 'utf8')).not.toContain('privateKey')
  })

  it('changes nothing where the two files do not name the same keys', () => {
    const worker = readFileSync(files.worker, 'utf8')
    addKeys(folder)
    writeFileSync(files.worker, worker, { mode: 0o600 })
    const api = readFileSync(files.api, 'utf8')
    expect(() => {
      addKeys(folder)
    }).toThrow('data names other keys for the API than for the worker')
    expect([readFileSync(files.api, 'utf8'), readFileSync(files.worker, 'utf8')]).toEqual([api, worker])
  })
})
