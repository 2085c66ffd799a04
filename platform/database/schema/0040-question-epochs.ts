/**
 * Lists of options over time (challenges.md 4.3): which epoch change was done for which family, questions left out because
 * their fact was no longer true, and the ways to former facts and to the age of a source.
 */
export const questionEpochs = `
-- One row for each family and calendar quarter: written with the lists it published and retired, so it is done once.
create table question_epochs (
  tenant_id uuid not null references tenants,
  family text not null,
  epoch text not null check (epoch ~ '^[0-9]{4}-Q[1-4]$'),
  published integer not null,
  retired integer not null,
  waiting integer not null,
  done_at timestamptz not null default now(),
  primary key (tenant_id, family, epoch)
);

-- Positions whose fact changed between the plan and the showing: never shown, the spare takes the first one's place.
alter table plans add column dropped_positions smallint[] not null default '{}';

create index facts_past on facts (tenant_id, family, valid_to) where valid_to is not null;
create index facts_source on facts (tenant_id, source, read_at) where valid_to is null;
create index disclosures_agent on disclosures (tenant_id, agent_id, shown_at) where block_id is not null;
`
