/** Views of the list that a member of staff keeps under a name. */
export const savedViews = `
create table saved_views (
  tenant_id uuid not null references tenants,
  id uuid not null default gen_random_uuid(),
  staff_id uuid not null,
  name text not null check (char_length(name) between 1 and 60),
  -- filters and sort by the names of the list's query, each as text
  query jsonb not null,
  -- null: whatever the reader's window shows
  columns text[],
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, staff_id) references staff (tenant_id, id)
);
create unique index saved_views_name on saved_views (tenant_id, staff_id, lower(name));
`
