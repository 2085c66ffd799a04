/** One fact of a person, as a source says it. */
export type Fact = {
  readonly family: string
  readonly source: string
  readonly value: string
  readonly validFrom: Date | null
  /** When it ceased to be true; still true without. */
  readonly validTo?: Date
}
