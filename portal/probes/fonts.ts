import { probedFonts, type ProbedFont } from '#domain/risk/probe.ts'

/**
 * Which of the probed fonts this device has. A local font is found by its name alone: nothing is drawn and nothing is
 * fetched. Null where the browser has no such interface.
 */
export const findFonts = async (): Promise<readonly ProbedFont[] | null> => {
  if (!('FontFace' in globalThis)) return null
  const tries = probedFonts.map((name) => new FontFace('probe', `local("${name}")`).load())
  const results = await Promise.allSettled(tries)
  return probedFonts.filter((_, index) => results[index]?.status === 'fulfilled')
}
