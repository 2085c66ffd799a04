/** Passkeys of staff, what a session has proven and when, and mail to members of staff about their own account. */
export const staffPasskeys = `
-- Confirms what a member of staff does (security.md F6). One that was removed stays as a row: whoever once had one is asked
-- for one ever after, so that taking it away opens nothing.
create table staff_passkeys (
  tenant_id uuid not null references tenants,
  id uuid not null,
  staff_id uuid not null,
  credential_index bytea not null,
  credential_sealed bytea not null,
  name text not null check (length(name) between 1 and 60),
  sign_count bigint not null default 0,
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  removed_at timestamptz,
  remove_reason text check (remove_reason in ('own', 'counter_went_back')),
  primary key (tenant_id, id),
  unique (tenant_id, credential_index),
  foreign key (tenant_id, staff_id) references staff (tenant_id, id)
);
create index staff_passkeys_owner on staff_passkeys (tenant_id, staff_id);

-- authenticated_at: when the identity provider saw the person, by its own claim, and only where it was asked to look anew.
alter table staff_sessions add column authenticated_at timestamptz, add column stepped_up_at timestamptz;

alter table staff_notices drop constraint staff_notices_kind_check;
alter table staff_notices add constraint staff_notices_kind_check check (kind in
  ('proposed', 'accepted', 'called_off', 'hastened', 'took_effect', 'passkey_added', 'passkey_removed'));
`
