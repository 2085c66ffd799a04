import { For, Show } from 'solid-js'
import type { VerificationPanel as Panel } from '#api/contract/console-verifications.ts'
import { Moment } from '../../components/Time.tsx'
import { useCopy, useLanguage, type Copy } from '../../copy/index.ts'
import { dayAndClock } from '../../lib/time.ts'
import { CodeToRead } from './CodeToRead.tsx'

/** `isOver`: the step is over at a time that nobody kept. */
type Line = readonly [name: string, at: string | null, note?: string | undefined, isOver?: boolean]

/** That the code was not sent or not delivered, and from when on it can be. */
const refusalOf = (
  refused: Panel['progress']['codeRefused'],
  words: Copy['live'],
  language: string,
): string | undefined => {
  if (refused === null) return undefined
  const [never, before] = refused.isUndelivered
    ? [words.undelivered, words.undeliveredBefore]
    : [words.notSent, words.notSentBefore]
  return refused.sendAt === null ? never : before(dayAndClock(refused.sendAt, language))
}

/** The kind of proof that is asked for beside questions and a second code; undefined: none is. */
const otherKindOf = (now: Panel['progress'], words: Copy['live']): string | undefined => {
  if (now.route === 'passkey') return words.passkey
  if (now.route === 'provider_sign_in') return words.providerSignIn
  if (now.route === 'push') return words.push
  return now.route === 'recovery_sheet' ? words.recoverySheet : undefined
}

/** The steps between code and score. Behind a closed gate, and where nobody is asked, they are over without any question. */
const evidenceOf = (now: Panel['progress'], words: Copy['live'], language: string): readonly Line[] => {
  const at = now.answersCompletedAt
  const other = otherKindOf(now, words)
  if (now.isCodeGivenUp && other === undefined) return [[words.withoutSecondCode, at]]
  const before: readonly Line[] = now.isCodeGivenUp ? [[words.withoutSecondCode, null, undefined, true]] : []
  if (other !== undefined) return [...before, [other, at]]
  if (now.route === 'second_contact')
    return [[words.secondCode, at, refusalOf(now.codeRefused, words, language)]]
  if (at !== null && now.answered === 0) return [[words.noneAsked, at]]
  const answered = now.askedOf === null ? undefined : words.answered(now.answered, now.askedOf)
  return [[words.answering, at, answered]]
}

type StepLine = { name: string; at: string | null; isDone: boolean; note: string | undefined }

/** A step implies those before it: a mail that nobody reports as delivered was, once its page is seen. */
const stepsOf = (now: Panel['progress'], words: Copy['live'], language: string): readonly StepLine[] => {
  const isWrong = now.codeAcceptedAt === null && now.codeTries > 0
  const lines: readonly Line[] = [
    [words.sent, now.sentAt],
    [words.delivered, now.deliveredAt],
    [words.pageSeen, now.pageSeenAt],
    [words.codeRight, now.codeAcceptedAt, isWrong ? words.wrongTries(now.codeTries) : undefined],
    ...evidenceOf(now, words, language),
    [words.scored, now.scoredAt],
  ]
  const furthest = lines.findLastIndex(([, at, , isOver]) => at !== null || isOver === true)
  return lines.map(([name, at, note], index) => ({ name, at, note, isDone: index <= furthest }))
}

/** The running case: the match code to read out, and the steps as they happen. */
export const Live = (props: { panel: Panel }) => {
  const copy = useCopy()
  const language = useLanguage()
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
        <For each={stepsOf(props.panel.progress, words(), language())}>
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
