/** An ID token names a person and was kept in the clear for nothing but the provider's sign-out page, which needs none. */
export const noIdTokens = `
alter table staff_sessions drop column id_token;
`
