import { createSignal, createUniqueId, Show } from 'solid-js'
import type { PlaceEntry, PlaceKind } from '#domain/places.ts'
import { ProblemError } from '#api/contract/client.ts'
import { call, faultOf, newKey } from '../../api.ts'
import { useCopy, type Copy } from '../../copy/index.ts'
import type { PlaceWords } from '../../copy/en/places.ts'

type Field = 'value' | 'label'
type Wrong = { readonly field: Field | null; readonly text: string }

/** The field that the API found at fault, in words; else what went wrong with the whole. */
const wrongOf = (error: unknown, copy: Copy): Wrong => {
  const [issue] = error instanceof ProblemError ? (error.problem.issues ?? []) : []
  const faults: Readonly<Record<string, string>> = copy.places.faults
  const text = issue === undefined ? undefined : faults[issue.code]
  if (issue === undefined || text === undefined) return { field: null, text: copy.problem(faultOf(error)) }
  return { field: issue.path === 'label' ? 'label' : 'value', text }
}

/** Adds one entry, which a passkey confirms. */
export const createAdding = (onAdded: (entry: PlaceEntry) => void) => {
  const copy = useCopy()
  const [wrong, setWrong] = createSignal<Wrong | null>(null)
  const [isWorking, setWorking] = createSignal(false)
  const add = async (entry: PlaceEntry): Promise<boolean> => {
    if (isWorking()) return false
    setWorking(true)
    setWrong(null)
    try {
      await call('console.addPlace', { body: entry }, { key: newKey() })
      onAdded(entry)
      return true
    } catch (error) {
      setWrong(wrongOf(error, copy()))
      return false
    } finally {
      setWorking(false)
    }
  }
  return { wrong, isWorking, add }
}

/** The fields of a new entry; the field at fault says what is wrong with it. */
export const AddForm = (props: {
  kind: PlaceKind
  words: PlaceWords
  onAdded: (entry: PlaceEntry) => void
}) => {
  const [value, setValue] = createSignal('')
  const [label, setLabel] = createSignal('')
  const adding = createAdding((entry) => props.onAdded(entry))
  let form: HTMLFormElement | undefined
  const submit = async (event: Event) => {
    event.preventDefault()
    const entry = {
      kind: props.kind,
      value: props.words.value === null ? 'yes' : value().trim(),
      label: props.words.label === null ? null : label().trim(),
    }
    if (await adding.add(entry)) {
      setValue('')
      setLabel('')
    } else form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }
  const faultOfField = (field: Field) => {
    const wrong = adding.wrong()
    return wrong?.field === field ? wrong.text : null
  }
  return (
    <form class="places-form" ref={form} onSubmit={(event) => void submit(event)}>
      <Show when={props.words.value}>
        {(name) => (
          <TextField
            name={name()}
            hint={props.words.example}
            text={value()}
            fault={faultOfField('value')}
            onInput={setValue}
          />
        )}
      </Show>
      <Show when={props.words.label}>
        {(name) => (
          <TextField
            name={name()}
            hint={null}
            text={label()}
            fault={faultOfField('label')}
            onInput={setLabel}
          />
        )}
      </Show>
      <Whole wrong={adding.wrong()} />
      <div class="tools">
        <button disabled={adding.isWorking()}>{props.words.add}</button>
      </div>
    </form>
  )
}

/** Says what went wrong with no field in particular. */
const Whole = (props: { wrong: Wrong | null }) => (
  <Show when={props.wrong?.field === null ? props.wrong : null}>
    {(wrong) => (
      <p class="error" role="alert">
        {wrong().text}
      </p>
    )}
  </Show>
)

const TextField = (props: {
  name: string
  hint: string | null
  text: string
  fault: string | null
  onInput: (text: string) => void
}) => {
  const id = createUniqueId()
  return (
    <div class="places-field">
      <label for={id}>{props.name}</label>
      <input
        id={id}
        required
        maxlength="60"
        autocomplete="off"
        spellcheck={false}
        value={props.text}
        aria-invalid={props.fault !== null}
        aria-describedby={`${id}-hint`}
        onInput={(event) => props.onInput(event.currentTarget.value)}
      />
      <span id={`${id}-hint`} class="small">
        <Show when={props.fault} fallback={<span class="muted">{props.hint}</span>}>
          {(fault) => (
            <span class="error" role="alert">
              {fault()}
            </span>
          )}
        </Show>
      </span>
    </div>
  )
}
