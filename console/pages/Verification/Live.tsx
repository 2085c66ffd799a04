import { createEffect, createSignal, For, on, Show } from 'solid-js'
import type { MatchCode } from '#api/contract/console.ts'
import type { VerificationPanel as Panel } from '#api/contract/console-verifications.ts'
import { call, codeOf } from '../../api.ts'
import { Moment, useNow } from '../../components/Time.tsx'
import { useCopy, useLanguage, type Copy } from '../../copy/index.ts'
import { clockTime } from '../../lib/time.ts'

type Line = readonly [name: string, at: string | null, note?: string | undefined]

/** The step between code and score. Behind a closed gate, and where nobody is asked, it is over without any question. */
const evidenceOf = (now: Panel['progress'], words: Copy['live']): Line => {
  const at = now.answersCompletedAt
  if (now.route === 'second_contact') return [words.secondCode, at]
  if (now.route === 'passkey') return [words.passkey, at]
  if (at !== null && now.answered === 0) return [words.noneAsked, at]
  return [words.answering, at, now.askedOf === null ? undefined : words.answered(now.answered, now.askedOf)]
}

type StepLine = { name: string; at: string | null; isDone: boolean; note: string | undefined }

/** A step implies those before it: a mail that nobody reports as delivered was, once its page is seen. */
const stepsOf = (now: Panel['progress'], words: Copy['live']): readonly StepLine[] => {
  const isWrong = now.codeAcceptedAt === null && now.codeTries > 0
  const lines: readonly Line[] = [
    [words.sent, now.sentAt],
    [words.delivered, now.deliveredAt],
    [words.pageSeen, now.pageSeenAt],
    [words.codeRight, now.codeAcceptedAt, isWrong ? words.wrongTries(now.codeTries) : undefined],
    evidenceOf(now, words),
    [words.scored, now.scoredAt],
  ]
  const furthest = lines.findLastIndex(([, at]) => at !== null)
  return lines.map(([name, at, note], index) => ({ name, at, note, isDone: index <= furthest }))
}

/** The running case: the match code to read out, and the steps as they happen. */
export const Live = (props: { panel: Panel }) => {
  const copy = useCopy()
  const words = () => copy().live
  return (
    <section class="live no-print" aria-label={words().title}>
      <Show when={props.panel.canReadMatchCode}>
        <CodeToRead
          verificationId={props.panel.row.id}
          sentAt={props.panel.progress.sentAt}
          tries={props.panel.progress.codeTries}
        />
      </Show>
      <Show when={!props.panel.canReadMatchCode}>
        <p class="muted small">
          {copy().panel.phrase} <strong>{props.panel.phrase.join(' · ')}</strong>
        </p>
      </Show>
      <ol class="steps" aria-live="polite">
        <For each={stepsOf(props.panel.progress, words())}>
          {(step) => (
            <li classList={{ done: step.isDone }}>
              <span class="shape" aria-hidden="true">
                {step.isDone ? '✓' : '○'}
              </span>
              <span>
                {step.name}
                <span class="sr">{step.isDone ? ` (${words().done})` : ''}</span>
                <Show when={step.note}> · {step.note}</Show>
              </span>
              <Show when={step.at}>
                {(at) => (
                  <span class="muted small">
                    <Moment at={at()} />
                  </span>
                )}
              </Show>
            </li>
          )}
        </For>
      </ol>
    </section>
  )
}

/** Six digits and two words, large enough to read out at a glance. A resend gives another code. */
const CodeToRead = (props: { verificationId: string; sentAt: string | null; tries: number }) => {
  const copy = useCopy()
  const words = () => copy().live
  const language = useLanguage()
  const now = useNow()
  const isOver = (until: string) => Date.parse(until) <= Math.max(now(), Date.now())
  const [code, setCode] = createSignal<MatchCode | null>(null)
  const [trouble, setTrouble] = createSignal<string | null>(null)
  const load = async () => {
    try {
      setCode(await call('console.matchCode', { params: { verificationId: props.verificationId } }))
      setTrouble(null)
    } catch (error) {
      // A code that does not count any more is not one to read out.
      setCode(null)
      setTrouble(codeOf(error))
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
    </>
  )
}
