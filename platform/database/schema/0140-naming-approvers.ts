/** Why the naming of an approver was accepted or ended, and what all admins are told of it (security.md D13). */
export const namingApprovers = `
alter table named_approvers
  add column accept_reason text,
  add column end_reason text,
  add constraint named_approvers_end check (ended_at is null or (ended_by is not null and end_reason is not null)),
  add constraint named_approvers_delay check (accepted_at is null or effective_at >= accepted_at);
create index named_approvers_approver on named_approvers (tenant_id, approver_id) where ended_at is null;
create index named_approvers_time on named_approvers (tenant_id, named_at desc);

alter table staff_notices drop constraint staff_notices_kind_check;
alter table staff_notices add constraint staff_notices_kind_check check (kind in
  ('proposed', 'accepted', 'called_off', 'hastened', 'took_effect', 'passkey_added', 'passkey_removed',
   'approver_named', 'approver_accepted', 'approver_ended'));
`
