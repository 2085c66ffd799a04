import { useLaterCopy } from '../copy/later.ts'
import { aid } from './input-watch.ts'

/** The word that an aid types for the participant; no reason is asked. */
export const AidLine = () => {
  const later = useLaterCopy()
  return (
    <label class="aid small muted">
      <input
        type="checkbox"
        checked={aid.isUsed()}
        onChange={(event) => aid.set(event.currentTarget.checked)}
      />
      <span>{later().aid}</span>
    </label>
  )
}
