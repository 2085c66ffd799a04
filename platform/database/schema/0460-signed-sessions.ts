/** Which portal session typed the code that a decision, a schedule and a grant rest on (security.md F2, G8, T11). */
export const signedSessions = `
-- Signed with the rest of each row. Null: no session was alive, so that the participant has to come back before a grant.
alter table verifications add column decision_session_id uuid;
alter table schedules add column session_id uuid;
alter table grants add column session_id uuid;
`
