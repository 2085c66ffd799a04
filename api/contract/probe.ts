import { z } from 'zod'

const Text = z.string().max(512)
export const ChecksInput = z.strictObject({
  report: z.looseObject({ v: z.literal(1), nonce: Text }).nullable(),
})
