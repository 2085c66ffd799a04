/** Processor time and memory of processes, from /proc (Linux). */
import { readFileSync } from 'node:fs'

/** A tick of /proc/<pid>/stat is 10 ms on every Linux that we run on. */
const tickMs = 10

/** User and system time of a process so far, all threads, milliseconds. @throws when it has ended */
export const cpuMs = (pid: number): number => {
  // The name in brackets may hold spaces.
  const fields = readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
  return (Number(fields[11]) + Number(fields[12])) * tickMs
}

/** What a process keeps in memory, MB: resident, its fair share of it (shared pages divided), and its own pages. */
export type Memory = { readonly rss: number; readonly pss: number; readonly own: number }

/** Reads smaps_rollup. @throws when the process has ended */
export const memoryOf = (pid: number): Memory => {
  const text = readFileSync(`/proc/${String(pid)}/smaps_rollup`, 'utf8')
  const megabytes = (key: string): number =>
    Math.round(Number(new RegExp(`^${key}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0) / 102.4) / 10
  return { rss: megabytes('Rss'), pss: megabytes('Pss'), own: megabytes('Anonymous') }
}
