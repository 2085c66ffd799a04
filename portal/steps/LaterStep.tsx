import { createEffect, Show, type Component } from 'solid-js'
import type { Step } from '#api/contract/portal.ts'
import { NotMe } from '../components/NotMe.tsx'
import { pressWatch } from '../components/press-watch.ts'
import { speakLater } from '../copy/later.ts'
import { Checking } from './Checking.tsx'
import { Ended } from './Ended.tsx'
import { NewPassword } from './NewPassword.tsx'
import { Passkey } from './Passkey.tsx'
import { ProviderSignIn } from './ProviderSignIn.tsx'
import { Push } from './Push.tsx'
import { Question } from './Question.tsx'
import { RecoverySheet } from './RecoverySheet.tsx'
import { ResetMfa } from './ResetMfa.tsx'
import { Scheduled } from './Scheduled.tsx'
import { SecondCode } from './SecondCode.tsx'
import { SecondCodeRefused } from './SecondCodeRefused.tsx'
import { Vouching } from './Vouching.tsx'
import { Waiting } from './Waiting.tsx'
import '../later-styles.ts'
import { laterRoutes } from '#api/contract/routes-portal-later.ts'
import { proveAct } from '../probes/device.ts'
import { knowRoutes, signActsWith } from '../visit.ts'
import type { LaterKind, StepProps } from './step-props.ts'

export { LinkCode } from '../components/LinkCode.tsx'
export { speakLater } from '../copy/later.ts'

knowRoutes(laterRoutes)
signActsWith(proveAct)
// The first page is on the screen still: its presses count as well.
pressWatch()

/** The component of each step; a new kind does not compile until it has one. */
export const components: { readonly [K in LaterKind]: Component<StepProps<K>> } = {
  checking: Checking,
  question: Question,
  second_code: SecondCode,
  second_code_refused: SecondCodeRefused,
  vouching: Vouching,
  passkey: Passkey,
  provider_sign_in: ProviderSignIn,
  push: Push,
  recovery_sheet: RecoverySheet,
  waiting: Waiting,
  scheduled: Scheduled,
  new_password: NewPassword,
  reset_mfa: ResetMfa,
  ended: Ended,
}

/** The identity of a step: every question starts afresh, a wrong code does not. */
const identityOf = (step: Step): string => {
  if (step.kind === 'question') return `question ${step.position}`
  if (step.kind === 'waiting') return `waiting ${step.for}`
  return step.kind === 'ended' ? `ended ${step.ending}` : step.kind
}

/** Every step after the first; one file, fetched while the participant reads the first page. */
export const LaterStep = (props: StepProps<LaterKind>) => {
  createEffect(() => {
    // Words that cannot be fetched leave the page in the language it has.
    speakLater(props.language).catch(() => undefined)
  })
  return (
    <>
      <Show when={identityOf(props.step)} keyed>
        {/* Solid calls a function child again for a new key only when it takes the key. */}
        {(_identity) => {
          const Shown = components[props.step.kind] as Component<StepProps<LaterKind>>
          return <Shown step={props.step} visit={props.visit} language={props.language} />
        }}
      </Show>
      <NotMe visit={props.visit} />
    </>
  )
}
