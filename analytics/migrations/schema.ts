import { columnTypes } from '../fields.ts'

/**
 * `events`: each event of the outbox, flat, without identities (E8). Replacing by event id, so a second
 * delivery changes nothing once read with FINAL; the window keeps a block that is sent again from being written at all.
 * Source of everything else here.
 */
export const eventsTable = `
create table if not exists events (
  tenant_id UUID,
  verification_id UUID,
  type LowCardinality(String),
  event_id UUID,
  version UInt16,
  occurred_at DateTime64(3, 'UTC'),
  recorded_at DateTime64(3, 'UTC'),
  ${columnTypes.join(',\n  ')}
)
engine = ReplacingMergeTree(recorded_at)
partition by toYYYYMM(occurred_at)
order by (tenant_id, verification_id, type, event_id)
settings non_replicated_deduplication_window = 1000
`

/**
 * `verifications`: the facts of each verification, put together from its events. Each event adds a row with what it says;
 * rows of one verification merge by minimum (first time of a step) and maximum (of a pair that begins with its time: the
 * latest word wins). Both give the same result in any order and any number of times, so neither a duplicate nor a late nor a
 * replayed event changes a figure. A month in which nothing happened for an hour is merged whole: rows not yet merged are put
 * together by every question, and that is the slow part of it.
 */
export const verificationsTable = `
create table if not exists verifications (
  tenant_id UUID,
  started_at DateTime64(3, 'UTC'),
  verification_id UUID,
  about SimpleAggregateFunction(max, Tuple(at DateTime64(3, 'UTC'), purpose String, tier String, channel String,
    referrer_kind String, referrer_id String)),
  sent_at SimpleAggregateFunction(min, Nullable(DateTime64(3, 'UTC'))),
  delivered_at SimpleAggregateFunction(min, Nullable(DateTime64(3, 'UTC'))),
  seen_at SimpleAggregateFunction(min, Nullable(DateTime64(3, 'UTC'))),
  opened_at SimpleAggregateFunction(min, Nullable(DateTime64(3, 'UTC'))),
  answered_at SimpleAggregateFunction(min, Nullable(DateTime64(3, 'UTC'))),
  scoring SimpleAggregateFunction(max, Tuple(at DateTime64(3, 'UTC'), risk_tenths UInt8, band String, correct UInt8,
    judged UInt8, reasons Array(String))),
  closing SimpleAggregateFunction(max, Tuple(at DateTime64(3, 'UTC'), outcome String)),
  acting SimpleAggregateFunction(max, Tuple(at DateTime64(3, 'UTC'), action String)),
  feedback SimpleAggregateFunction(max, Tuple(at DateTime64(3, 'UTC'), rating String)),
  -- The label that staff gave a case afterwards; the newest one wins.
  labelling SimpleAggregateFunction(max, Tuple(at DateTime64(3, 'UTC'), label String))
)
engine = AggregatingMergeTree
partition by toYYYYMM(started_at)
order by (tenant_id, started_at, verification_id)
settings non_replicated_deduplication_window = 1000, min_age_to_force_merge_seconds = 3600,
  min_age_to_force_merge_on_partition_only = 1
`

/** Columns of fields that came after the table was made. */
export const laterColumns = `alter table events ${columnTypes.map((column) => `add column if not exists ${column}`).join(', ')}`

/** `relay_progress`: everything recorded up to then is in. */
export const progressTable = `
create table if not exists relay_progress (
  name LowCardinality(String),
  as_of DateTime64(3, 'UTC')
)
engine = ReplacingMergeTree(as_of)
order by name
`
