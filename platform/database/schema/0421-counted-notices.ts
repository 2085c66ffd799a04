/** Notices of starts that anybody may have asked for count towards the budgets of messages. */
export const countedNotices = `
alter table notices add column counted_at timestamptz;
alter table notices add column number_index bytea;
alter table notices add column prefix_index bytea;
create index notices_counted on notices (tenant_id, counted_at) where counted_at is not null;
`
