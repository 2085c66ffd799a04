/** One file for what each part of the stack prints, begun anew with each start. */
import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs'
import { join } from 'node:path'

export interface PartLogs {
  folder: string
  /** Takes the lines of one part. */
  of(part: string): (line: string) => void
  close(): Promise<void>
}

/** Opens the folder for the logs. */
export function openPartLogs(dataFolder: string): PartLogs {
  const folder = join(dataFolder, 'logs')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const streams = new Map<string, WriteStream>()
  return {
    folder,
    of: (part) => (line) => {
      const stream = streams.get(part) ?? createWriteStream(join(folder, `${part}.log`), { mode: 0o600 })
      streams.set(part, stream)
      stream.write(`${line}\n`)
    },
    close: async () => {
      await Promise.all([...streams.values()].map((stream) => new Promise<void>((done) => stream.end(done))))
      streams.clear()
    },
  }
}
