/**
 * "One fact, one list" (challenges.md 4.3) is asked for the few values of one participant, not for everything that was shown
 * to anybody in half a year: with a hundred verifications a day that was most of what a plan costs.
 */
export const listsByValue = `
create index disclosures_of_value on disclosures (tenant_id, value_digest, shown_at) where value_digest is not null;
`
