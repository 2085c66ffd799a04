/** The form in which a vendor ships a product. */

/** The fields of a record by their names in the file. */
export type Fields = Readonly<Record<string, unknown>>

/** A vendor's product, by its public description. */
export type Product<T> = {
  /** As in a sentence: `MaxMind GeoIP Anonymous IP` */
  readonly title: string
  /** A note for `data status` */
  readonly licence: string
  /** The type that its MMDB files name; null: it is not read as MMDB */
  readonly database: RegExp | null
  /** Columns that a CSV file has; null: it is not read as CSV */
  readonly columns: readonly string[] | null
  /** Fields that each line of a JSON file has; null: it is not read as JSON lines */
  readonly lines: readonly string[] | null
  /** The meaning of a record; null: none. @throws naming the field that cannot be read */
  readonly read: (record: Fields) => T | null
}

export type RecordReader<T> = {
  push(chunk: Buffer): void
  /** @throws where the file ends too early */
  end(): { readonly product: Product<T>; readonly built: string | null }
}

export const titlesOf = (products: readonly Pick<Product<unknown>, 'title'>[]): string =>
  products.map(({ title }) => title).join(' or ')
