/** Contacts whose value does not open, once a day for each: changed or moved in the database, or their key is gone. */
export const unreadableContacts = `
create table unreadable_contacts (
  tenant_id uuid not null references tenants,
  contact_id uuid not null,
  -- whose it was when it was found
  person_id uuid not null,
  contact_masked text not null,
  found_on date not null default (now() at time zone 'utc')::date,
  found_at timestamptz not null default now(),
  -- when the admins were told
  announced_at timestamptz,
  primary key (tenant_id, contact_id, found_on),
  foreign key (tenant_id, person_id) references people (tenant_id, id)
);
create index unreadable_contacts_found on unreadable_contacts (tenant_id, found_at desc);
create index unreadable_contacts_person on unreadable_contacts (tenant_id, person_id);
create index unreadable_contacts_waiting on unreadable_contacts (tenant_id, found_at) where announced_at is null;
`
