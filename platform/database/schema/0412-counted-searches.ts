/** Searches have a limit of their own, and an alarm (security.md D8). */
export const countedSearches = `
alter table staff_alarms drop constraint staff_alarms_kind_check;
alter table staff_alarms add constraint staff_alarms_kind_check check (kind in ('look_up', 'search', 'start', 'reveal'));
`
