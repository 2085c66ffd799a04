import { changeEpoch, epochOf } from '#domain/questions/epochs.ts'
import { factRowsOf } from '#domain/questions/fact-rows.ts'
import { cellFamilies, cellRules, liveValuesOf } from '#domain/questions/facts.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import { decoyDigest } from '#platform/crypto/sealing.ts'
import { textTools } from '#platform/facts/text-folding.ts'
import { publishBlocks } from '#services/questions/blocks.ts'
import { readOldValues, recordEpoch } from '#services/questions/epochs.ts'
import { readAllFacts } from '#services/questions/question-facts.ts'
import type { Tx } from '#platform/database/transaction.ts'

/** Cuts the options of every family from the facts just written, as the worker's job would. */
export const publishAllBlocks = async (tx: Tx, keys: KeyRing, at: Date): Promise<void> => {
  const tools = { ...textTools, hmac: decoyDigest(keys, tx.tenantId) }
  const facts = await readAllFacts(tx)
  const people = facts.map((one) => one.participantId)
  const rows = facts.flatMap((one) => factRowsOf(one, tools))
  const old = await readOldValues(tx)
  const epoch = epochOf(at)
  for (const family of cellFamilies) {
    const live = liveValuesOf(rows, family, people, old.get(family) ?? [])
    const { publish, waiting } = changeEpoch([], live, cellRules[family], epoch, tools)
    await publishBlocks(tx, keys, publish)
    const counts = { published: publish.length, retired: 0, waiting: waiting.length }
    if (publish.length > 0) await recordEpoch(tx, { family, epoch, ...counts })
  }
}
