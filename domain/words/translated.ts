/** The same tables in another language: every key of the first, and no other. */
export type Translated<Tables> = {
  readonly [Table in keyof Tables]: { readonly [Key in keyof Tables[Table]]: string }
}
