import { A } from '@solidjs/router'
import { For, Show, type JSX } from 'solid-js'
import type { Alarms } from '#api/contract/console-alarms.ts'
import { Moment } from '../../components/Time.tsx'
import { useCopy } from '../../copy/index.ts'

type TableProps = {
  title: string
  story: string
  heads: readonly string[]
  count: number
  children: JSX.Element
}

const Watched = (props: TableProps) => {
  const copy = useCopy()
  return (
    <section class="card policy-section" aria-label={props.title}>
      <h2>
        {props.title} <span class="count">{props.count}</span>
      </h2>
      <Show when={props.count > 0} fallback={<p class="muted">{copy().alarms.none}</p>}>
        <p>{props.story}</p>
        <table class="sources-table stacks">
          <thead>
            <tr>
              <For each={props.heads}>{(name) => <th scope="col">{name}</th>}</For>
            </tr>
          </thead>
          <tbody>{props.children}</tbody>
        </table>
      </Show>
    </section>
  )
}

/** Members of staff, and systems that call by a key, who reached a limit of theirs (D8). */
export const Limits = (props: { limits: Alarms['limits'] }) => {
  const copy = useCopy()
  const words = () => copy().alarms
  return (
    <Watched
      title={words().limits}
      story={words().limitsStory}
      heads={[words().staff, words().when, words().what]}
      count={props.limits.length}
    >
      <For each={props.limits}>
        {(limit) => (
          <tr>
            <th scope="row">
              {limit.staffName}
              <Show when={limit.isSystem}>
                {' '}
                <span class="tag">{words().system}</span>
              </Show>
            </th>
            <td class="at-end">
              <Moment at={limit.at} />
            </td>
            <td data-name={words().what}>{words().kinds[limit.kind]}</td>
          </tr>
        )}
      </For>
    </Watched>
  )
}

/** Messages to cases in the name of staff that did not come from the API (T11). */
export const Impersonations = (props: { found: Alarms['impersonations'] }) => {
  const copy = useCopy()
  const words = () => copy().alarms
  return (
    <Watched
      title={words().impersonations}
      story={words().impersonationsStory}
      heads={[words().staff, words().when, words().what]}
      count={props.found.length}
    >
      <For each={props.found}>
        {({ staffName, at, act, verificationId }) => (
          <tr>
            <th scope="row">{staffName === '' ? words().nobody : staffName}</th>
            <td class="at-end">
              <Moment at={at} />
            </td>
            <td data-name={words().what}>
              {words().acts[act]} · <A href={`/verifications/${verificationId}`}>{words().seeCase}</A>
            </td>
          </tr>
        )}
      </For>
    </Watched>
  )
}

/** Sessions that were used in another browser and network than where they were signed in (F4). */
export const Sessions = (props: { found: Alarms['sessions'] }) => {
  const copy = useCopy()
  const words = () => copy().alarms
  return (
    <Watched
      title={words().sessions}
      story={words().sessionsStory}
      heads={[words().staff, words().when, words().what]}
      count={props.found.length}
    >
      <For each={props.found}>
        {({ staffName, at, isEnded }) => (
          <tr>
            <th scope="row">{staffName}</th>
            <td class="at-end">
              <Moment at={at} />
            </td>
            <td data-name={words().what}>{isEnded ? words().sessionEnded : words().sessionWentOn}</td>
          </tr>
        )}
      </For>
    </Watched>
  )
}

/** Contacts that do not open, found by any process (E1). */
export const Unreadable = (props: { found: Alarms['unreadable'] }) => {
  const copy = useCopy()
  const words = () => copy().alarms
  return (
    <Watched
      title={words().unreadable}
      story={words().unreadableStory}
      heads={[words().person, words().when, words().contact]}
      count={props.found.length}
    >
      <For each={props.found}>
        {({ personId, personName, contactMasked, at }) => (
          <tr>
            <th scope="row">
              <A href={`/people/${personId}`}>{personName}</A>
            </th>
            <td class="at-end">
              <Moment at={at} />
            </td>
            <td data-name={words().contact} class="mono">
              {contactMasked}
            </td>
          </tr>
        )}
      </For>
    </Watched>
  )
}

/** Contacts that staff were shown in full, with why (D10). */
export const Reveals = (props: { reveals: Alarms['reveals'] }) => {
  const copy = useCopy()
  const words = () => copy().alarms
  return (
    <Watched
      title={words().reveals}
      story={words().revealsStory}
      heads={[words().staff, words().when, words().person, words().contact, words().reason]}
      count={props.reveals.length}
    >
      <For each={props.reveals}>
        {(reveal) => (
          <tr>
            <th scope="row">{reveal.staffName}</th>
            <td class="at-end">
              <Moment at={reveal.at} />
            </td>
            <td data-name={words().person}>
              <A href={`/people/${reveal.personId}`}>{reveal.personName}</A>
            </td>
            <td data-name={words().contact} class="mono">
              {reveal.contactMasked}
            </td>
            <td data-name={words().reason}>{reveal.reason}</td>
          </tr>
        )}
      </For>
    </Watched>
  )
}
