/** The worker's signature of an approval (security.md G8, T11). */
export const signedDecisions = `
-- Over who, for what, by whom, on which evidence, when. A grant is signed for nothing else, so that a row set to approved by
-- hand is one that nobody approved. Null: not approved, or by a release that did not sign.
alter table verifications add column decision_key_id text, add column decision_signature bytea,
  add check ((decision_key_id is null) = (decision_signature is null));
`
