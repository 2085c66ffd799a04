/** What is approved may have to wait, for its time or for the participant, before a grant is signed (security.md F3). */
export const waitingTimes = `
alter table actions drop constraint actions_state_check;
alter table actions add constraint actions_state_check check (state in
  ('none', 'scheduled', 'awaiting_participant', 'granted', 'in_progress', 'completed', 'undone', 'failed', 'expired', 'unknown'));
-- when the waiting time is over
alter table actions add column not_before timestamptz;
drop index actions_open;
create index actions_open on actions (tenant_id, person_id)
  where state in ('scheduled', 'awaiting_participant', 'granted', 'in_progress');
`
