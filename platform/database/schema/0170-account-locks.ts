/** "This was not me" may lock the account as well (security.md B13): what is asked for, and the intent of each write. */
export const accountLocks = `
-- Asked for in the transaction of the report, done by the worker: one row for each report whose policy says so.
create table account_locks (
  tenant_id uuid not null references tenants,
  report_id uuid not null,
  verification_id uuid not null,
  person_id uuid not null,
  state text not null default 'requested' check (state in ('requested', 'in_progress', 'completed', 'failed')),
  attempt smallint not null default 0,
  operation_id uuid,
  reason text,
  requested_at timestamptz not null default now(),
  recorded_at timestamptz not null default now(),
  completed_at timestamptz,
  primary key (tenant_id, report_id),
  foreign key (tenant_id, report_id) references reports (tenant_id, id),
  check ((state = 'in_progress') <= (operation_id is not null))
);
create index account_locks_open on account_locks (tenant_id, recorded_at) where state in ('requested', 'in_progress');

-- whether a participant's link was used before they reported
create index links_person_used on links (tenant_id, person_id, used_at) where used_at is not null;

-- What a lock rests on is a report, never a grant; what sets a password rests on a grant, never on a report.
alter table intents alter column grant_id drop not null, add column report_id uuid;
alter table intents drop constraint intents_kind_check;
alter table intents add constraint intents_kind_check check (kind in ('set_password', 'lock_account')),
  add constraint intents_authority check ((kind = 'lock_account') = (report_id is not null)
    and (kind = 'lock_account') = (grant_id is null));
create unique index intents_report on intents (tenant_id, report_id, attempt) where report_id is not null;

alter table notices drop constraint notices_kind_check;
alter table notices add constraint notices_kind_check check (kind in
  ('started', 'finished', 'refused', 'password_changed', 'passkey_added', 'frozen', 'account_locked'));
`
