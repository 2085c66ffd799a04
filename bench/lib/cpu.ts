/** Processor time and memory of processes, from /proc (Linux). */
import { readFileSync } from 'node:fs'

/** A tick of /proc/<pid>/stat is 10 ms on every Linux that we run on. */
const tickMs = 10

/** Ticks of a process: user, system, and the same of its children that have ended. */
const ticksOf = (pid: number): readonly number[] =>
  readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
    // The name in brackets may hold spaces.
    .replace(/^.*\) /, '')
    .split(' ')
    .slice(11, 15)
    .map(Number)

/** User and system time of a process so far, all threads, milliseconds. @throws when it has ended */
export const cpuMs = (pid: number): number => {
  const [user = 0, system = 0] = ticksOf(pid)
  return (user + system) * tickMs
}

/** The same with its children that have ended. @throws when it has ended */
export const cpuMsWithEnded = (pid: number): number =>
  ticksOf(pid).reduce((sum, ticks) => sum + ticks, 0) * tickMs

/** The memory of a process, MB: resident, its fair share of it (shared pages divided), and its own pages. */
export type Memory = { readonly rss: number; readonly pss: number; readonly own: number }

/** Reads smaps_rollup. @throws when the process has ended */
export const memoryOf = (pid: number): Memory => {
  const text = readFileSync(`/proc/${String(pid)}/smaps_rollup`, 'utf8')
  const megabytes = (key: string): number =>
    Math.round(Number(new RegExp(`^${key}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0) / 102.4) / 10
  return { rss: megabytes('Rss'), pss: megabytes('Pss'), own: megabytes('Anonymous') }
}
