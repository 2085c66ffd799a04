/** Sessions that end with what they were given for. */
export const staffSessionsEnd = `
-- A session is good for the role and the identity that signed in: with either, or with the account, it ends for good, and
-- an account that is enabled again begins with none (security.md F2, F4).
create function end_staff_sessions() returns trigger language plpgsql as $$
begin
  update staff_sessions set ended_at = now()
  where tenant_id = new.tenant_id and staff_id = new.id and ended_at is null;
  return null;
end $$;

create trigger staff_sessions_end after update of role, disabled_at, issuer, subject on staff for each row
when (old.role is distinct from new.role or old.issuer is distinct from new.issuer or old.subject is distinct from new.subject
  or (old.disabled_at is null and new.disabled_at is not null))
execute function end_staff_sessions();
`
