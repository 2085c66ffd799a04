/** Messages to workflows that named somebody and did not come from the API: who was named, of what, and when. */
export const impersonations = `
create table impersonations (
  tenant_id uuid not null references tenants,
  id uuid not null default gen_random_uuid(),
  -- as the message said; nobody vouches for either, so neither has a foreign key
  by_id text not null check (length(by_id) <= 100),
  verification_id uuid not null,
  act text not null,
  -- of the member of staff who was named; empty where there is none
  staff_name text not null,
  raised_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create index impersonations_raised on impersonations (tenant_id, raised_at desc);
`
