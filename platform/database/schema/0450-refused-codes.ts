/** A code to another contact that may not be sent now: why, from when on it may, and what the participant does meanwhile. */
export const refusedCodes = `
alter table plans
  -- null: none was refused, or the newest was sent
  add column code_refusal text,
  -- when a limit lets the next one through; null: no waiting helps
  add column code_next_at timestamptz,
  -- what the case can ask for in its place
  add column code_other_way text check (code_other_way in ('passkey', 'approver', 'agent')),
  -- how often the participant asked for it again, and the newest input with which they did
  add column code_asks smallint not null default 0,
  add column code_ask_id uuid,
  add column code_given_up_at timestamptz;
`
