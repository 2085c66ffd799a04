import { probeLimits, type BrandVersion } from '#domain/risk/probe.ts'

/** Browsers state at most this much; more is a forgery, of which the beginning is enough. */
export const cut = (value: string, limit: number = probeLimits.textChars): string => value.slice(0, limit)

/** The same for a value that a browser may not tell. */
export const cutOrNull = (value: string | null | undefined): string | null =>
  value == null ? null : cut(value)

/** Brands as plain values: some browsers give objects of their own. */
export const brandsOf = (brands: readonly BrandVersion[]): readonly BrandVersion[] =>
  brands
    .slice(0, probeLimits.listItems)
    .map(({ brand, version }) => ({ brand: cut(brand), version: cut(version) }))

/** Browsers that guard their users tell sizes in fractions, or none: what the API takes are whole numbers. */
export const wholeOrNull = (value: number | undefined): number | null =>
  value === undefined || !Number.isFinite(value) ? null : Math.round(value)
