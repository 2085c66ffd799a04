import { createSignal, Show, untrack } from 'solid-js'
import { readersLocale } from '#platform/ui/locale.ts'
import type { EnrolmentCode as Code } from '#api/contract/portal.ts'
import { useLaterCopy } from '../copy/later.ts'
import type { Language } from '../copy/index.ts'
import type { StepProps } from '../steps/step-props.ts'
import type { Visit } from '../visit.ts'
import { Trouble } from './Trouble.tsx'

type State = NonNullable<StepProps<'ended'>['step']['enrolment']>

/** The one-time code: asked for by a press, shown once, kept by this page alone and only while it is open. */
export const EnrolmentCode = (props: { state: State; visit: Visit; language: Language }) => {
  const later = useLaterCopy()
  const words = () => later().enrolment
  const [code, setCode] = createSignal<Code | null>(null)
  const visit = untrack(() => props.visit)
  const show = async () => setCode((await visit.go('portal.showEnrolmentCode', {})) ?? null)
  const time = (iso: string) =>
    new Intl.DateTimeFormat(readersLocale(props.language), { hour: 'numeric', minute: '2-digit' }).format(
      new Date(iso),
    )
  const asking = () => (
    <>
      <p>{words()[props.state]}</p>
      <Show when={props.state === 'ready'}>
        <Trouble visit={visit} />
        <button type="button" class="main" aria-disabled={visit.isWorking()} onClick={() => void show()}>
          {words().show}
        </button>
      </Show>
    </>
  )
  return (
    <Show when={code()} fallback={asking()}>
      {(shown) => (
        <div role="status">
          <p>{words().label}</p>
          <p class="one-time-code">{shown().code}</p>
          <p>{words().until(time(shown().expiresAt))}</p>
        </div>
      )}
    </Show>
  )
}
