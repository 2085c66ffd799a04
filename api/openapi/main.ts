/** `npm run docs:openapi`: writes the OpenAPI document of each surface to `dist/openapi`, where the build leaves them too. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { documentSurfaces, openApiOf } from '../contract/openapi.ts'

const folder = new URL('../../dist/openapi/', import.meta.url)
mkdirSync(folder, { recursive: true })
for (const surface of documentSurfaces)
  writeFileSync(new URL(`${surface}.json`, folder), `${JSON.stringify(openApiOf(surface), null, 2)}\n`)
