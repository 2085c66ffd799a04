import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Plugin } from 'vite'

/** Modules whose exports are nothing but constants, made of files that lie beside them in the sources alone. */
const modules = ['platform/database/schema/index.ts', 'platform/database/schema/checksums.ts']

/** Puts what these modules export into the bundle, so that an install needs none of the files. */
export const asConstants = (root: string): Plugin => {
  const paths = new Set(modules.map((path) => join(root, path)))
  return {
    name: 'as-constants',
    enforce: 'pre',
    load: async (id) => {
      if (!paths.has(id)) return null
      const exported = (await import(pathToFileURL(id).href)) as Readonly<Record<string, unknown>>
      return Object.entries(exported)
        .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)}\n`)
        .join('')
    },
  }
}
