/** Which writes of a person are on their way, looked at before each new one (security.md N8). */
export const writesInFlight = `
create index intents_in_flight on intents (tenant_id, person_id) where status = 'intended' and acted_at is not null;
`
