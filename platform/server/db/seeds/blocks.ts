import { factRowsOf } from '#domain/questions/fact-values.ts'
import { cellFamilies, cutFamily } from '#domain/questions/facts.ts'
import { epochOf } from '#domain/questions/epochs.ts'
import { valueDigest } from '#domain/questions/prepare.ts'
import type { KeyRing } from '../../keys.ts'
import { decoyDigest } from '../../sealing.ts'
import { textTools } from '../../text-folding.ts'
import { publishBlocks } from '../blocks.ts'
import { readAllFacts } from '../question-facts.ts'
import type { Tx } from '../transaction.ts'

/** Cuts the options of every family from the facts just written, as a fresh install would (challenges.md 4.2). */
export const publishAllBlocks = async (tx: Tx, keys: KeyRing, at: Date): Promise<void> => {
  const tools = { ...textTools, hmac: decoyDigest(keys, tx.tenantId) }
  const rows = (await readAllFacts(tx)).flatMap((facts) => factRowsOf(facts, tools))
  const blocks = cellFamilies.flatMap((family) => cutFamily(rows, family, epochOf(at), tools).blocks)
  await publishBlocks(tx, keys, blocks, (family, value) => valueDigest(family, value, tools))
}
