/** What further checks look at: where cases came from, how people sign in elsewhere, what other systems say of a person. */
export const furtherFacts = `
-- One row for each case and address, kept thirty days. Addresses, their networks (/24, /48) and devices are keyed digests:
-- rows can be counted, and nothing can be read out of them (E3, M6).
create table sightings (
  tenant_id uuid not null references tenants,
  id uuid not null default gen_random_uuid(),
  verification_id uuid not null,
  person_id uuid not null,
  address_digest bytea not null,
  network_digest bytea not null,
  device_digest bytea,
  asn bigint,
  country text check (country ~ '^[A-Z]{2}$'),
  network_class text,
  at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, verification_id, address_digest),
  foreign key (tenant_id, person_id) references people (tenant_id, id)
);
create index sightings_address on sightings (tenant_id, address_digest, at desc);
create index sightings_network on sightings (tenant_id, network_digest, at desc);
create index sightings_person on sightings (tenant_id, person_id, at desc);
create index sightings_time on sightings (tenant_id, at);

-- How a sign-in was made, where the source says so; null: it does not
alter table sign_ins add column interactive boolean;
alter table sign_ins add column fresh_factor boolean;
alter table sign_ins add column device_os text check (device_os in ('windows', 'macos', 'ios', 'android', 'linux', 'chromeos'));
create index sign_ins_place on sign_ins (tenant_id, asn, country, at desc) where succeeded;

-- Parts of a known device as keyed digests, and the languages that its browser asked for
alter table devices add column parts jsonb not null default '{}';
alter table devices add column parts_digest bytea;
alter table devices add column languages text[] not null default '{}';
create index devices_parts on devices (tenant_id, parts_digest) where parts_digest is not null;

-- What a directory sync learns of a person. No row of a kind in the whole tenant: no such source is connected
create table identity_risks (
  tenant_id uuid not null,
  person_id uuid not null,
  level text not null check (level in ('none', 'low', 'medium', 'high', 'confirmed_compromised', 'confirmed_safe')),
  detections text[] not null default '{}',
  source text not null,
  at timestamptz not null,
  read_at timestamptz not null default now(),
  primary key (tenant_id, person_id),
  foreign key (tenant_id, person_id) references people (tenant_id, id)
);
create table calendars (
  tenant_id uuid not null,
  person_id uuid not null,
  -- the all-day absence that holds now or came last
  leave_from timestamptz,
  leave_until timestamptz,
  -- the meeting that the person joined
  meeting_from timestamptz,
  meeting_until timestamptz,
  travel_countries text[] not null default '{}',
  travel_until timestamptz,
  source text not null,
  read_at timestamptz not null default now(),
  primary key (tenant_id, person_id),
  foreign key (tenant_id, person_id) references people (tenant_id, id)
);
`
