/**
 * V8 keeps the source of a module as long as its functions may still be compiled: a byte for each character, or two where a
 * single one is outside Latin-1. So what our servers load is plain ASCII (docs/performance.md).
 */
import type { Plugin } from 'vite'

/**
 * The same program with an escape for every other character. In strings, templates and regular expressions, also such with
 * the flag `u`, both mean the same; a tagged template that looks at its raw text would see the escape, so there must be none.
 */
export const toAscii = (code: string): string =>
  // Without the flag `u`: a pair of surrogates becomes a pair of escapes.
  code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** Writes chunks in ASCII, last of all: whatever prints the code again would print the characters. Maps go by line. */
export const inAscii = (): Plugin => ({
  name: 'in-ascii',
  generateBundle: (_options, bundle) => {
    for (const chunk of Object.values(bundle)) if (chunk.type === 'chunk') chunk.code = toAscii(chunk.code)
  },
})
