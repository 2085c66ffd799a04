-- The facts that silent checks look at, the scores they make, and the labels that calibration compares them with.

-- Keys of devices seen in verifications that proved possession.
create table devices (
  tenant_id uuid not null,
  id uuid not null default gen_random_uuid(),
  person_id uuid not null,
  key_digest bytea not null,
  -- parts of the device as keyed digests
  parts jsonb not null default '{}',
  parts_digest bytea,
  -- screens, graphics, browsers, networks and countries that the key came with, as keyed digests
  seen jsonb not null default '{}',
  -- languages that its browser asked for
  languages text[] not null default '{}',
  first_seen_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  seen_count integer not null default 1,
  primary key (tenant_id, id),
  unique (tenant_id, person_id, key_digest),
  foreign key (tenant_id, person_id) references people (tenant_id, id)
);
create index devices_key on devices (tenant_id, key_digest);
create index devices_parts on devices (tenant_id, parts_digest) where parts_digest is not null;

-- One row for each case and address, kept thirty days. Addresses, their networks (/24, /48) and devices are keyed digests: rows
-- can be counted, and nothing can be read out of them (E3, M6).
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

-- The way in which a case that passed was entered: its numbers alone, sealed to the person, kept ninety days (PER_HABIT).
create table habits (
  tenant_id uuid not null references tenants,
  verification_id uuid not null,
  person_id uuid not null,
  summary_sealed bytea not null,
  at timestamptz not null default now(),
  primary key (tenant_id, verification_id),
  foreign key (tenant_id, person_id) references people (tenant_id, id) on delete cascade
);
create index habits_person on habits (tenant_id, person_id, at desc);
create index habits_time on habits (tenant_id, at);

-- The reports of the browser and the network layer. Raw values are sealed and kept thirty days.
create table probe_facts (
  tenant_id uuid not null references tenants,
  id uuid not null default gen_random_uuid(),
  verification_id uuid not null,
  portal_session_id uuid,
  kind text not null check (kind in ('collector', 'request')),
  step text not null,
  report_sealed bytea not null,
  nonce_ok boolean,
  received_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create index probe_facts_verification on probe_facts (tenant_id, verification_id, received_at);

-- Checks and score as computed; the values of evidence are sealed.
create table scorings (
  tenant_id uuid not null references tenants,
  verification_id uuid not null,
  ordinal smallint not null,
  policy_version integer not null,
  results jsonb not null,
  evidence_sealed bytea not null,
  score jsonb not null,
  decision jsonb not null,
  versions jsonb not null,
  evidence_digest bytea not null,
  -- a phone, as the user agent says; raw probe facts are gone after thirty days
  is_mobile boolean,
  created_at timestamptz not null default now(),
  primary key (tenant_id, verification_id, ordinal)
);
create index scorings_would_ask on scorings (tenant_id, created_at) where decision -> 'wouldAsk' is not null;

-- The marks of closed cases as exercises of the organisation's own testers; who marked it, and who took the mark back.
-- The newest row counts.
create table exercises (
  tenant_id uuid not null references tenants,
  id uuid not null,
  verification_id uuid not null,
  is_exercise boolean not null,
  reason text not null,
  by_id uuid not null,
  by_name text not null,
  at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create index exercises_verification on exercises (tenant_id, verification_id, at desc);

-- The times that people who passed take for questions of a family, in tenths of a second: one row for each family and day.
-- Nothing in it is anybody's in particular.
create table answer_times (
  tenant_id uuid not null references tenants,
  family text not null,
  people integer not null,
  -- a tenth of the people were quicker, a tenth slower
  low_tenths integer not null,
  high_tenths integer not null,
  made_at timestamptz not null default now(),
  primary key (tenant_id, family, made_at)
);

-- The reasons why an organisation accepts that one group is suspected more often than others; the newest row counts.
create table cohort_decisions (
  tenant_id uuid not null references tenants,
  id uuid not null,
  dimension text not null check (dimension in ('place', 'device', 'access', 'tenure', 'country')),
  value text not null,
  reason text not null,
  by_id uuid not null,
  by_name text not null,
  at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create index cohort_decisions_newest on cohort_decisions (tenant_id, dimension, value, at desc);
