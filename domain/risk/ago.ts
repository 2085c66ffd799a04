/** An age in words: `5 hours ago`, `3 days ago`. A time in the future counts as now. */
export function ago(then: number, now: number): string {
  const hours = Math.max(0, Math.floor((now - then) / 3_600_000))
  if (hours < 1) return 'less than an hour ago'
  if (hours < 72) return hours === 1 ? '1 hour ago' : `${String(hours)} hours ago`
  return `${String(Math.floor(hours / 24))} days ago`
}
