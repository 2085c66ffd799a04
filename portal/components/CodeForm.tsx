import { createSignal } from 'solid-js'
import type { InputReport } from '#domain/risk/probe.ts'
import { useCopy } from '../copy/index.ts'
import { useLaterCopy } from '../copy/later.ts'
import { AidLine } from './AidLine.tsx'
import { DigitsField } from './DigitsField.tsx'
import { createInputWatch } from './input-watch.ts'
import { Trouble } from './Trouble.tsx'
import type { Visit } from '../visit.ts'

type Fault = 'short' | 'wrong' | null

/**
 * Six digits in one field. Too few are not sent, so that they cost no try; wrong ones leave an empty field. What was wrong stays
 * until the next try: a line that goes while somebody types moves the button away under their finger.
 */
export const CodeForm = (props: {
  id: string
  label: string
  wrong: string
  /** The code came by a message, so that a phone may fill it in. */
  isSent?: boolean
  visit: Pick<Visit, 'isWorking' | 'trouble'>
  /** Sends the code, with how it was entered, and says whether it was wrong. */
  onCode: (code: string, summary: InputReport) => Promise<boolean>
}) => {
  const copy = useCopy()
  const later = useLaterCopy()
  const watch = createInputWatch()
  const [code, setCode] = createSignal('')
  const [fault, setFault] = createSignal<Fault>(null)
  const error = () => {
    if (fault() === 'short') return later().code.short
    return fault() === 'wrong' ? props.wrong : null
  }
  const submit = async (event: Event) => {
    event.preventDefault()
    setFault(code().length < 6 ? 'short' : null)
    if (fault() !== null || !(await props.onCode(code(), watch.summary()))) return
    setCode('')
    setFault('wrong')
  }
  return (
    <form onSubmit={(event) => void submit(event)} ref={watch.attach}>
      <DigitsField
        id={props.id}
        label={props.label}
        length={6}
        autocomplete={props.isSent === true ? 'one-time-code' : 'off'}
        value={code()}
        error={error()}
        onInput={setCode}
      />
      <AidLine />
      <Trouble visit={props.visit} />
      <button class="main" aria-disabled={props.visit.isWorking()}>
        {copy().goOn}
      </button>
    </form>
  )
}
