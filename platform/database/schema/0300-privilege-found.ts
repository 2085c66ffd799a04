/** What the directory said of a case's participant when an approval was judged (security.md D2). */
export const privilegeFound = `
-- 'privileged': the directory says so now, whatever the person's row says · 'unread': it did not say in time, which counts as
-- much · null: nothing beyond the row. Written by the worker before an approval is judged, shown to whoever approves.
alter table verifications add column privilege_found text check (privilege_found in ('privileged', 'unread'));
`
