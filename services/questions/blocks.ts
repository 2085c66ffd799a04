/** Published blocks of options and the log of who was shown which. */
import type { Block } from '#domain/questions/cells.ts'
import type { Disclosure } from '#domain/questions/epochs.ts'
import type { QuestionFamily } from '#domain/questions/plan.ts'
import type { AskedBefore } from '#domain/questions/prepare.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import { openSealedText, seal } from '#platform/crypto/sealing.ts'
import type { Tx } from '#platform/database/transaction.ts'

const placeOf = (tenantId: string, id: string) => ({
  tenantId,
  table: 'question_blocks',
  column: 'values_sealed',
  row: id,
})

/** All live blocks of the tenant. */
export const readBlocks = async (tx: Tx, keys: KeyRing): Promise<Block[]> => {
  const rows = await tx.query<{ id: string; family: QuestionFamily; epoch: string; sealed: Buffer }>(
    `select id, family, epoch, values_sealed as sealed from question_blocks
     where tenant_id = $1 and retired_at is null order by id`,
    [tx.tenantId],
  )
  return rows.map(({ sealed, ...block }) => ({
    ...block,
    values: JSON.parse(openSealedText(keys, placeOf(tx.tenantId, block.id), sealed)) as Block['values'],
  }))
}

/** Publishes and retirements are serialised per tenant, so that two processes never cut the same values twice. */
export const takePublishTurn = async (tx: Tx): Promise<void> => {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`blocks/${tx.tenantId}`])
}

/** Stores blocks as they will be shown for ever. */
export const publishBlocks = async (tx: Tx, keys: KeyRing, blocks: readonly Block[]): Promise<void> => {
  for (const { id, family, epoch, values } of blocks)
    await tx.run(
      `insert into question_blocks (tenant_id, id, family, epoch, values_sealed) values ($1, $2, $3, $4, $5)
       on conflict do nothing`,
      [tx.tenantId, id, family, epoch, seal(keys, placeOf(tx.tenantId, id), JSON.stringify(values))],
    )
}

/** Lists shown to anyone for these values (digests in hexadecimal) in the last 180 days. */
export const readDisclosures = async (tx: Tx, digests: readonly string[]): Promise<Disclosure[]> => {
  const rows = await tx.named<{ digest: Buffer; blockId: string; at: Date }>(
    'read_disclosures',
    `select value_digest as digest, block_id as "blockId", max(shown_at) as at from disclosures
     where tenant_id = $1 and value_digest = any($2::bytea[]) and shown_at > now() - interval '180 days' group by 1, 2`,
    [tx.tenantId, digests.map((digest) => Buffer.from(digest, 'hex'))],
  )
  return rows.map(({ digest, blockId, at }) => ({
    valueDigest: digest.toString('hex'),
    blockId,
    at: at.getTime(),
  }))
}

/** The questions that this participant was asked before. */
export const readAskedBefore = async (tx: Tx, personId: string): Promise<AskedBefore[]> => {
  const rows = await tx.named<{ family: QuestionFamily; digest: Buffer; at: Date }>(
    'read_asked_before',
    `select d.family, d.fact_digest as digest, d.shown_at as at from disclosures d
     join people p on p.tenant_id = d.tenant_id and p.pseudonym = d.participant_pseudonym
     where d.tenant_id = $1 and p.id = $2 and d.shown_at > now() - interval '400 days'`,
    [tx.tenantId, personId],
  )
  return rows.map(({ family, digest, at }) => ({
    family,
    factDigest: digest.toString('hex'),
    at: at.getTime(),
  }))
}

/** A question on its way to the screen, as the log keeps it. Digests hexadecimal. */
export type NewDisclosure = {
  readonly verificationId: string
  readonly family: QuestionFamily
  readonly factDigest: string
  readonly list: {
    readonly blockId: string
    readonly epoch: string
    readonly values: number
    readonly valueDigest: string
  } | null
}

/** Logs that a question is shown; agent, channel and pseudonym come from the verification. */
export const addDisclosure = async (tx: Tx, shown: NewDisclosure): Promise<void> => {
  const { list } = shown
  await tx.run(
    `insert into disclosures (tenant_id, verification_id, participant_pseudonym, family, fact_digest, value_digest, block_id,
       epoch, value_count, agent_id, channel)
     select v.tenant_id, v.id, (select p.pseudonym from people p where p.tenant_id = v.tenant_id and p.id = v.person_id),
       $3, $4, $5, $6, $7, $8, case v.referrer_kind when 'agent' then v.referrer_id end, v.channel
     from verifications v where v.tenant_id = $1 and v.id = $2`,
    [
      tx.tenantId,
      shown.verificationId,
      shown.family,
      Buffer.from(shown.factDigest, 'hex'),
      list === null ? null : Buffer.from(list.valueDigest, 'hex'),
      list?.blockId ?? null,
      list?.epoch ?? '',
      list?.values ?? 0,
    ],
    'add_disclosure',
  )
}
