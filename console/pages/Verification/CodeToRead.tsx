import { createEffect, createSignal, on, Show } from 'solid-js'
import type { MatchCode } from '#api/contract/console.ts'
import { call, faultOf } from '../../api.ts'
import { useNow } from '../../components/Time.tsx'
import { useCopy, useLanguage } from '../../copy/index.ts'
import { clockTime } from '../../lib/time.ts'
import type { Fault } from '../../copy/sentences.ts'

/** Six digits and two words, large enough to read out at a glance. A resend gives another code. */
export const CodeToRead = (props: { verificationId: string; sentAt: string | null; tries: number }) => {
  const copy = useCopy()
  const words = () => copy().live
  const language = useLanguage()
  const now = useNow()
  const isOver = (until: string) => Date.parse(until) <= Math.max(now(), Date.now())
  const [code, setCode] = createSignal<MatchCode | null>(null)
  const [trouble, setTrouble] = createSignal<Fault | null>(null)
  const load = async () => {
    try {
      setCode(await call('console.matchCode', { params: { verificationId: props.verificationId } }))
      setTrouble(null)
    } catch (error) {
      // A code that does not count any more is not one to read out.
      setCode(null)
      setTrouble(faultOf(error))
    }
  }
  createEffect(
    on(
      () => [props.verificationId, props.sentAt, props.tries],
      () => void load(),
    ),
  )
  return (
    <>
      <Show when={trouble()}>
        {(problem) => (
          <p class="error" role="alert">
            {copy().problem(problem())}
          </p>
        )}
      </Show>
      {/* Stands before the digits come, so that they are read out; later only what changed. */}
      <div role="status" aria-atomic="false">
        <Show when={code()}>
          {(shown) => (
            <Show when={!isOver(shown().expiresAt)} fallback={<p class="notice elevated">{words().over}</p>}>
              <div class="match-code">
                <p class="muted">{copy().live.readOut}</p>
                <p class="digits" aria-label={words().digits(shown().code.split('').join(' '))} role="img">
                  {shown().code.slice(0, 3)} {shown().code.slice(3)}
                </p>
                <p>
                  {copy().live.bothSee} <strong>{shown().phrase.join(' · ')}</strong>
                </p>
                <p class="muted small">
                  {copy().live.triesLeft(shown().triesLeft)} · {copy().live.until}{' '}
                  {clockTime(shown().expiresAt, language())}
                </p>
              </div>
            </Show>
          )}
        </Show>
      </div>
    </>
  )
}
