import { z } from 'zod'

/** `--days`: a whole number in digits alone. `Number()` would take an empty value for 0 and `1e2` for 100. */
export const Days = (least: number, most: number) => {
  const said = `--days: a whole number from ${String(least)} to ${String(most)}`
  return z
    .string()
    .regex(/^\d{1,4}$/, said)
    .transform(Number)
    .pipe(z.number().min(least, said).max(most, said))
}
