/**
 * Signed heads of audit chains: the worker writes them to its log and to a file outside the database each hour, so that the
 * owner of the database can neither cut a chain nor make another one (G4).
 */
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import type { ChainHead, TrustedHeads } from '#platform/database/audit.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import { signed } from '#platform/crypto/worker-signature.ts'

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${String(bytes * 2)}}$`))

/** One line of the file. A line of the worker's log has the same fields, and others. */
const SignedHead = z.object({
  tenantId: z.uuid(),
  /** The number of entries in the chain, which is the number of its last one. */
  seq: z.int().min(0),
  hash: hex(32),
  signedAt: z.iso.datetime(),
  keyId: z.string(),
  signature: hex(64),
})

/** A head with the worker's signature. */
export type SignedHead = z.infer<typeof SignedHead>

const { sign, isGenuine } = signed<Omit<SignedHead, 'keyId' | 'signature'>>('countersign.audit-head.v1', {
  ...{ tenantId: 'plain', seq: 'plain', hash: 'plain', signedAt: 'time' },
})

/** @throws Error in a process that holds no signing key */
export const signHead = (keys: KeyRing, tenantId: string, head: ChainHead, at: number): SignedHead => {
  const fields = { tenantId, seq: head.seq, hash: head.hash, signedAt: new Date(at).toISOString() }
  const { keyId, signature } = sign(keys, fields)
  return { ...fields, keyId, signature: signature.toString('hex') }
}

const isHeadGenuine = (keys: KeyRing, head: SignedHead): boolean =>
  isGenuine(keys, head, { keyId: head.keyId, signature: Buffer.from(head.signature, 'hex') })

/** Adds heads to the end of the file; they are on the disk when this returns. */
export const appendHeads = async (file: string, heads: readonly SignedHead[]): Promise<void> => {
  if (heads.length === 0) return
  const handle = await open(file, 'a', 0o600)
  try {
    await handle.writeFile(heads.map((head) => `${JSON.stringify(head)}\n`).join(''))
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** A file of heads of which one line is not as the worker wrote it. */
export class HeadForged extends Error {
  override readonly name = 'HeadForged'
}

/** Trusted heads by tenant. */
export type HeadsByTenant = ReadonlyMap<string, TrustedHeads>

/** No chain has this hash: two heads of one number were signed, so at one time the chain was another. */
const twoChains = 'two chains'

const headOf = (line: string, number: number): SignedHead | undefined => {
  if (!line.includes('"signature"')) return undefined
  try {
    return SignedHead.parse(JSON.parse(line))
  } catch {
    throw new HeadForged(`Line ${String(number)} of the file of heads is not a signed head.`)
  }
}

/**
 * Reads signed heads, from the worker's file or its log; lines without a signature are passed over.
 * @throws HeadForged naming the first line whose signature does not hold
 */
export const readHeads = async (file: string, keys: KeyRing): Promise<HeadsByTenant> => {
  const found = new Map<string, Map<number, string>>()
  let number = 0
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    number += 1
    const head = headOf(line, number)
    if (head === undefined) continue
    if (!isHeadGenuine(keys, head))
      throw new HeadForged(`Line ${String(number)} of the file of heads was not signed by the worker.`)
    const heads = found.get(head.tenantId) ?? new Map<number, string>()
    const isOther = new Set([heads.get(head.seq) ?? head.hash, head.hash]).size > 1
    found.set(head.tenantId, heads.set(head.seq, isOther ? twoChains : head.hash))
  }
  return found
}
