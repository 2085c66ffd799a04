import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { extname, join, sep } from 'node:path'
import type { Ctx } from './state.ts'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
}

type File = { readonly plain: Buffer; readonly gz?: Buffer; readonly br?: Buffer; readonly type: string }

/** A built app, read into memory once: what is not in the list cannot be asked for, whatever the path looks like. */
export type StaticFiles = {
  has(path: string): boolean
  /** Answers with a file; hashed assets may be kept for ever, everything else is not stored (F9). */
  send(ctx: Ctx, path: string): void
}

const read = (path: string): Buffer | undefined => (existsSync(path) ? readFileSync(path) : undefined)

const load = (folder: string, name: string): File => {
  const path = join(folder, name)
  const gz = read(`${path}.gz`)
  const br = read(`${path}.br`)
  return {
    plain: readFileSync(path),
    type: types[extname(name)] ?? 'application/octet-stream',
    ...(gz === undefined ? {} : { gz }),
    ...(br === undefined ? {} : { br }),
  }
}

/** Source maps, compressed twins and files that only the server reads are not served. */
const isServed = (name: string): boolean => /\.(html|js|css|svg|png|woff2|webmanifest)$/.test(name)

/** Reads a folder of built files; one that does not exist serves nothing. */
export const readStaticFiles = (folder: string): StaticFiles => {
  const files = new Map<string, File>()
  const names = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : []
  for (const name of names)
    if (isServed(name) && statSync(join(folder, name)).isFile())
      files.set(`/${name.split(sep).join('/')}`, load(folder, name))
  return {
    has: (path) => files.has(path),
    send: (ctx, path) => {
      const file = files.get(path)
      if (file === undefined) return
      ctx.status = 200
      ctx.set('Content-Type', file.type)
      ctx.set('Vary', 'Accept-Encoding')
      const isHashed = /^\/assets\/.*-[\w-]{8,}\.\w+$/.test(path)
      if (isHashed) ctx.set('Cache-Control', 'public, max-age=31536000, immutable')
      const accepted = ctx.acceptsEncodings(
        ...(file.br === undefined ? [] : ['br']),
        ...(file.gz === undefined ? [] : ['gzip']),
        'identity',
      )
      if (accepted === 'br' || accepted === 'gzip') ctx.set('Content-Encoding', accepted)
      ctx.body = (accepted === 'br' ? file.br : accepted === 'gzip' ? file.gz : undefined) ?? file.plain
    },
  }
}
