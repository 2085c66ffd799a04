import { useNavigate } from '@solidjs/router'
import { createSignal, For, onCleanup, onMount, Show } from 'solid-js'
import { Dialog } from '#platform/ui/Dialog.tsx'
import { useCopy } from '../copy/index.ts'
import { isPlain, isTyping } from '../lib/typing.ts'

/** Puts the focus into the page's search field, if it has one. */
const focusSearch = (): boolean => {
  const field = document.querySelector<HTMLInputElement>('[data-search]')
  field?.focus()
  field?.select()
  return field !== null
}

/** Keys that work everywhere, and the page that lists all of them. Pages own the keys of their rows. */
export const Shortcuts = () => {
  const copy = useCopy()
  const navigate = useNavigate()
  const [isOpen, setOpen] = createSignal(false)
  // The people page takes the focus into its search when it opens.
  const findPerson = () => {
    if (location.pathname === '/people') focusSearch()
    else navigate('/people')
  }
  const keys: Readonly<Record<string, () => void>> = {
    '/': () => {
      if (!focusSearch()) findPerson()
    },
    n: findPerson,
    '?': () => setOpen(true),
  }
  const onKey = (event: KeyboardEvent) => {
    const isCommand = (event.metaKey || event.ctrlKey) && event.key.toLowerCase() === 'k'
    if (!isCommand && (!isPlain(event) || isTyping(event.target))) return
    const act = isCommand ? findPerson : keys[event.key]
    if (!act || document.querySelector('dialog[open]') !== null) return
    event.preventDefault()
    act()
  }
  onMount(() => document.addEventListener('keydown', onKey))
  onCleanup(() => document.removeEventListener('keydown', onKey))
  return (
    <Show when={isOpen()}>
      <Dialog title={copy().shortcuts.title} onClose={() => setOpen(false)}>
        <dl class="shortcuts">
          <For each={copy().shortcuts.list}>
            {([keyNames, what]) => (
              <div>
                <dt>
                  <For each={keyNames.split(' ')}>{(name) => <kbd>{name}</kbd>}</For>
                </dt>
                <dd>{what}</dd>
              </div>
            )}
          </For>
        </dl>
        <div class="tools">
          <button type="button" onClick={() => setOpen(false)}>
            {copy().close}
          </button>
        </div>
      </Dialog>
    </Show>
  )
}
