import { For, Show } from 'solid-js'
import type { SourceRow, SourcesPage } from '#api/contract/console-sources.ts'
import type { ImportKind } from '#domain/questions/import-kinds.ts'
import { Moment } from '../../components/Time.tsx'
import { useCopy } from '../../copy/index.ts'
import { useFormat } from '../../lib/format.ts'

/** Every kind of facts: what it feeds, how much there is and how old it is. */
export const KnownTable = (props: { page: SourcesPage; onChoose?: (kind: ImportKind) => void }) => {
  const copy = useCopy()
  const words = () => copy().sources.table
  return (
    <section class="card sources-section" aria-labelledby="sources-known">
      <h2 id="sources-known">{words().title}</h2>
      <Directory directory={props.page.directory} />
      <Directories directories={props.page.directories} />
      <div class="scroll-x" tabindex="0" role="group" aria-label={words().title}>
        <table class="sources-table stacks">
          <thead>
            <tr>
              <th scope="col">{words().source}</th>
              <th scope="col">{words().feeds}</th>
              <th scope="col" class="number">
                {words().rows}
              </th>
              <th scope="col" class="number">
                {words().people}
              </th>
              <th scope="col">{words().read}</th>
              <Show when={props.onChoose}>
                <th scope="col">{words().upload}</th>
              </Show>
            </tr>
          </thead>
          <tbody>
            <For each={props.page.sources}>
              {(source) => (
                <tr>
                  <th scope="row">{copy().sources.kinds[source.kind]}</th>
                  <td>
                    <Feeds page={props.page} source={source} />
                  </td>
                  <Figures page={props.page} source={source} />
                  <Show when={props.onChoose}>
                    {(choose) => <Choose kind={source.kind} onChoose={(kind) => choose()(kind)} />}
                  </Show>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </div>
    </section>
  )
}

const Directory = (props: { directory: SourcesPage['directory'] }) => {
  const copy = useCopy()
  const words = () => copy().sources.table
  return (
    <p class="muted">
      {words().directory(props.directory.people, props.directory.withManager)}
      <Show when={props.directory.readAt}>
        {(at) => (
          <>
            {' '}
            {words().read} <Moment at={at()} />
          </>
        )}
      </Show>
    </p>
  )
}

/** Each directory that is read; what is wrong with one is said in words. */
const Directories = (props: { directories: SourcesPage['directories'] }) => {
  const copy = useCopy()
  const words = () => copy().sources.table
  return (
    <Show when={props.directories.length > 0}>
      <ul class="plain">
        <For each={props.directories}>
          {(one) => (
            <li>
              {words().directoryNamed(one.name, one.people)}{' '}
              <Show when={one.readAt}>
                {(at) => (
                  <span class="muted">
                    {words().read} <Moment at={at()} />
                  </span>
                )}
              </Show>
              <Show when={one.log}>{(log) => <SignInLog log={log()} />}</Show>
              <Show when={one.trouble}>
                {(trouble) => (
                  <p class="notice elevated">
                    {trouble() === 'held'
                      ? words().directoryHeld(one.heldPeople, one.heldContacts)
                      : words().directoryAway}
                  </p>
                )}
              </Show>
            </li>
          )}
        </For>
      </ul>
    </Show>
  )
}

type Log = NonNullable<SourcesPage['directories'][number]['log']>

/** The log of a directory's sign-ins: how much of it counts, and that it could not be read. */
const SignInLog = (props: { log: Log }) => {
  const copy = useCopy()
  const words = () => copy().sources.table
  return (
    <>
      <Show when={props.log.readTo ?? !props.log.isStopped}>
        <p class="muted">
          <Show when={props.log.readTo} fallback={words().logUnread}>
            {(at) => (
              <>
                {words().logNamed(props.log.signIns)} <Moment at={at()} />
              </>
            )}
          </Show>
        </p>
      </Show>
      <Show when={props.log.isStopped}>
        <p class="notice elevated">{words().logStopped}</p>
      </Show>
    </>
  )
}

const Choose = (props: { kind: ImportKind; onChoose: (kind: ImportKind) => void }) => {
  const copy = useCopy()
  const word = () => copy().sources.table.upload
  return (
    <td class="at-end">
      <button
        type="button"
        aria-label={`${word()}: ${copy().sources.kinds[props.kind]}`}
        onClick={() => props.onChoose(props.kind)}
      >
        {word()}
      </button>
    </td>
  )
}

const Feeds = (props: { page: SourcesPage; source: SourceRow }) => {
  const copy = useCopy()
  const words = () => copy().sources.table
  const note = (family: SourceRow['feeds'][number]): string | null => {
    if (props.page.switchedOff.includes(family)) return words().off
    const thin = props.page.thin
    return thin === null ? null : words().could(thin.families[family] ?? 0)
  }
  return (
    <ul class="sources-feeds">
      <Show when={props.source.feeds.length === 0}>
        <li>{words().feedsCheck}</li>
      </Show>
      <For each={props.source.feeds}>
        {(family) => (
          <li>
            {copy().policy.families[family] ?? family}
            <Show when={note(family)}>{(text) => <span class="muted small"> · {text()}</span>}</Show>
          </li>
        )}
      </For>
    </ul>
  )
}

const Figures = (props: { page: SourcesPage; source: SourceRow }) => {
  const copy = useCopy()
  const format = useFormat()
  const words = () => copy().sources.table
  const freshness = (): string | null => {
    const { feeds, rows, freshRows } = props.source
    // Where nothing is asked, the file's age asks nothing less: each of its rows says when it was true.
    if (feeds.length === 0) return null
    if (freshRows === rows) return words().fresh
    return freshRows === 0 ? words().stale : words().partly(format.percent(freshRows / rows))
  }
  /** People who can be asked though nothing was read: the directory itself knows enough of them. */
  const unread = (): string =>
    props.source.feeds.some((family) => (props.page.thin?.families[family] ?? 0) > 0)
      ? words().directoryOnly
      : words().never
  return (
    <>
      <td class="number" data-name={words().rows}>
        {format.whole(props.source.rows)}
      </td>
      <td class="number" data-name={words().people}>
        {format.whole(props.source.people)}
      </td>
      <td>
        <Show when={props.source.readAt} fallback={<span class="muted">{unread()}</span>}>
          {(at) => (
            <>
              <Moment at={at()} />{' '}
              <span class="muted small">
                {[freshness(), props.source.importedRows > 0 ? words().imported : words().own]
                  .filter((part) => part !== null)
                  .join(' · ')}
              </span>
            </>
          )}
        </Show>
      </td>
    </>
  )
}
