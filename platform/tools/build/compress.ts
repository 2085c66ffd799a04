import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const text = /\.(html|js|mjs|css|svg|json|txt|webmanifest)$/
/** Smaller files cost more in headers than compression saves. */
const smallest = 1024

/** Bytes of `content` as a browser receives it, gzip at its best. */
export function gzipSize(content: Buffer | string): number {
  return gzipSync(content, { level: 9 }).length
}

/** Writes `.br` and `.gz` beside every text file below `folder`, so that the server compresses nothing. */
export function compressFolder(folder: string): void {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name)
    if (!text.test(name) || !statSync(path).isFile()) continue
    const content = readFileSync(path)
    if (content.length < smallest) continue
    writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }))
    const quality = {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    }
    writeFileSync(`${path}.br`, brotliCompressSync(content, { params: quality }))
  }
}
