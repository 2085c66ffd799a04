import { useNavigate } from '@solidjs/router'
import { createSignal, For, onCleanup, onMount, Show } from 'solid-js'
import { useCopy } from '../copy/index.ts'
import { Dialog } from '../../platform/ui/Dialog.tsx'

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

const focusSearch = () => document.querySelector<HTMLInputElement>('[data-search]')?.focus()

/** Keys that work everywhere, and the page that lists all of them. Pages own the keys of their rows. */
export const Shortcuts = () => {
  const copy = useCopy()
  const navigate = useNavigate()
  const [isOpen, setOpen] = createSignal(false)
  const keys: Readonly<Record<string, () => void>> = {
    '/': focusSearch,
    n: () => {
      navigate('/people')
      setTimeout(focusSearch, 50)
    },
    '?': () => setOpen(true),
  }
  const onKey = (event: KeyboardEvent) => {
    if ((event.metaKey || event.ctrlKey) && event.key === 'k') {
      event.preventDefault()
      navigate('/people')
      setTimeout(focusSearch, 50)
      return
    }
    if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return
    const act = keys[event.key]
    if (!act) return
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
            {([key, what]) => (
              <div>
                <dt>
                  <kbd>{key}</kbd>
                </dt>
                <dd>{what}</dd>
              </div>
            )}
          </For>
        </dl>
      </Dialog>
    </Show>
  )
}
