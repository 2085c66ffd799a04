import { createSignal, For, Show } from 'solid-js'
import type { SavedView } from '#api/contract/console-views.ts'
import { useCopy } from '../../copy/index.ts'
import { closeOnLeave } from '../../lib/close-on-leave.ts'
import { useSession } from '../../session.tsx'
import type { Columns } from './columns.ts'
import { queryText, type ListFilters } from './query.ts'
import { viewHref, type View } from './view-href.ts'
import { builtInViews, createViews, isShown, type Views } from './views.ts'

/** As the contract has it. */
const longestName = 60

/** Filters, sort and columns under a name: some that everybody has, and the reader's own. */
export const ViewsMenu = (props: { filters: ListFilters; columns: Columns }) => {
  const copy = useCopy()
  const session = useSession()
  const views = createViews()
  let menu: HTMLDetailsElement | undefined
  const close = () => {
    if (menu) menu.open = false
  }
  const builtIn = () =>
    builtInViews
      .filter(({ name }) => name !== 'reported' || session().staff.role !== 'agent')
      .map(({ name, query }) => ({ name: copy().list.builtIn[name], query, columns: null }))
  const shown = () => [...builtIn(), ...views.views()].find((view) => isShown(props.filters, view))
  return (
    <details
      class="menu views"
      ref={(element) => {
        menu = element
        closeOnLeave(element)
      }}
    >
      <summary class="button" classList={{ chosen: shown() !== undefined }}>
        {shown()?.name ?? copy().list.views} <span aria-hidden="true">▾</span>
      </summary>
      <div class="menu-body" role="group" aria-label={copy().list.views}>
        <ul>
          <For each={builtIn()}>
            {(view) => (
              <li>
                <ViewLink name={view.name} view={view} filters={props.filters} onOpen={close} />
              </li>
            )}
          </For>
        </ul>
        <h2 class="small">{copy().list.ownViews}</h2>
        <Own views={views} filters={props.filters} onOpen={close} />
        <Save views={views} filters={props.filters} columns={props.columns} />
        <Done views={views} />
      </div>
    </details>
  )
}

const ViewLink = (props: { name: string; view: View; filters: ListFilters; onOpen: () => void }) => (
  <a
    href={viewHref(props.view)}
    class="ellipsis"
    title={props.name}
    aria-current={isShown(props.filters, props.view) ? 'true' : undefined}
    onClick={() => props.onOpen()}
  >
    {props.name}
  </a>
)

const Own = (props: { views: Views; filters: ListFilters; onOpen: () => void }) => {
  const copy = useCopy()
  return (
    <Show when={props.views.views().length > 0} fallback={<p class="muted small">{copy().list.noViews}</p>}>
      <ul>
        <For each={props.views.views()}>
          {(view) => (
            <li>
              <ViewLink name={view.name} view={view} filters={props.filters} onOpen={props.onOpen} />
              <button
                type="button"
                class="quiet"
                aria-label={copy().list.deleteView(view.name)}
                title={copy().list.deleteView(view.name)}
                onClick={() => void props.views.remove(view)}
              >
                <span aria-hidden="true">×</span>
              </button>
            </li>
          )}
        </For>
      </ul>
    </Show>
  )
}

const Save = (props: { views: Views; filters: ListFilters; columns: Columns }) => {
  const copy = useCopy()
  const [name, setName] = createSignal('')
  const wanted = () => name().trim()
  const same = () =>
    props.views.views().find((view) => view.name.toLowerCase() === wanted().toLowerCase())?.name
  const save = async (event: Event) => {
    event.preventDefault()
    if (wanted() === '') return
    const columns = props.columns.chosen()
    const view = { query: queryText(props.filters), columns: columns === null ? null : [...columns] }
    if (await props.views.save(wanted(), view)) setName('')
  }
  return (
    <form onSubmit={(event) => void save(event)}>
      <label>
        {copy().list.viewName}
        <input
          maxlength={longestName}
          value={name()}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </label>
      <button disabled={wanted() === ''}>
        <Show when={same()} fallback={copy().list.saveView}>
          {(known) => copy().list.replaceView(known())}
        </Show>
      </button>
    </form>
  )
}

/** Says what was done, with the way back; or what went wrong. */
const Done = (props: { views: Views }) => {
  const copy = useCopy()
  const restore = (view: SavedView) => void props.views.save(view.name, view)
  return (
    <>
      <p class="small done" role="status">
        <Show when={props.views.done()}>
          {(done) => (
            <Show when={done().what === 'deleted'} fallback={copy().list.saved(done().view.name)}>
              {copy().list.deleted(done().view.name)}{' '}
              <button type="button" class="quiet" onClick={() => restore(done().view)}>
                {copy().list.undo}
              </button>
            </Show>
          )}
        </Show>
      </p>
      <Show when={props.views.trouble()}>
        {(fault) => (
          <p class="error small" role="alert">
            {copy().problem(fault())}
          </p>
        )}
      </Show>
    </>
  )
}
