import { createEffect, createSignal, createUniqueId, For, on, onMount, Show } from 'solid-js'
import type { ApproverNamings, NameApproverInput } from '#api/contract/console-approvers.ts'
import { call, faultOf, newKey } from '../../api.ts'
import { useCopy } from '../../copy/index.ts'
import { PersonPicker, type Picked } from './PersonPicker.tsx'
import type { Fault } from '../../copy/sentences.ts'

type Teams = ApproverNamings['teams']
type Kind = NameApproverInput['whom']['kind']

/** The choices so far, and what is missing. */
const createDraft = () => {
  const copy = useCopy()
  const [approver, setApprover] = createSignal<Picked | null>(null)
  const [kind, setKind] = createSignal<Kind>('person')
  const [person, setPerson] = createSignal<Picked | null>(null)
  const [team, setTeam] = createSignal('')
  const [reason, setReason] = createSignal('')
  const whom = (): NameApproverInput['whom'] | null => {
    if (kind() === 'team') return team() === '' ? null : { kind: 'team', team: team() }
    const chosen = person()
    return chosen === null ? null : { kind: 'person', personId: chosen.id }
  }
  const missing = (): string | null => {
    const say = copy().approvers.missing
    if (approver() === null) return say.approver
    if (whom() === null) return kind() === 'team' ? say.team : say.person
    if (kind() === 'person' && person()?.id === approver()?.id) return say.same
    return reason().trim() === '' ? say.reason : null
  }
  const body = (): NameApproverInput | null => {
    const [who, chosen] = [approver(), whom()]
    if (who === null || chosen === null || missing() !== null) return null
    return { approverId: who.id, whom: chosen, reason: reason().trim() }
  }
  return {
    approver,
    setApprover,
    kind,
    setKind,
    person,
    setPerson,
    team,
    setTeam,
    reason,
    setReason,
    missing,
    body,
  }
}
type Draft = ReturnType<typeof createDraft>

/** Sends a draft; the same key as long as it says the same. */
const createSending = (draft: Draft, onDone: () => void) => {
  const [trouble, setTrouble] = createSignal<Fault | null>(null)
  const [isWorking, setWorking] = createSignal(false)
  let key = newKey()
  createEffect(on(draft.body, () => (key = newKey()), { defer: true }))
  const submit = async (event: Event) => {
    event.preventDefault()
    const body = draft.body()
    if (body === null || isWorking()) return
    setWorking(true)
    setTrouble(null)
    try {
      await call('console.nameApprover', { body }, { key })
      onDone()
    } catch (error) {
      setTrouble(faultOf(error))
    } finally {
      setWorking(false)
    }
  }
  return { trouble, isWorking, submit }
}

/** Names an approver for a person or a team; the form says beside the button what is missing. */
export const NameForm = (props: { teams: Teams; onClose: () => void; onDone: () => void }) => {
  const copy = useCopy()
  const words = () => copy().approvers
  const id = createUniqueId()
  const draft = createDraft()
  const sending = createSending(draft, () => props.onDone())
  let heading: HTMLHeadingElement | undefined
  onMount(() => heading?.focus())
  return (
    <form
      class="card policy-section"
      aria-labelledby={`${id}-title`}
      onSubmit={(event) => void sending.submit(event)}
    >
      <h2 id={`${id}-title`} tabindex="-1" ref={heading}>
        {words().name}
      </h2>
      <p class="muted">{words().nameStory}</p>
      <PersonPicker label={words().who} picked={draft.approver()} onPick={draft.setApprover} />
      <KindChoice kind={draft.kind()} onChange={draft.setKind} />
      <Show
        when={draft.kind() === 'person'}
        fallback={<TeamChoice teams={props.teams} team={draft.team()} onChange={draft.setTeam} />}
      >
        <PersonPicker label={words().forPerson} picked={draft.person()} onPick={draft.setPerson} />
      </Show>
      <div class="approvers-field">
        <label for={`${id}-reason`}>{words().why}</label>
        <input
          id={`${id}-reason`}
          type="text"
          maxlength="500"
          value={draft.reason()}
          onInput={(event) => draft.setReason(event.currentTarget.value)}
        />
      </div>
      <Show when={sending.trouble()}>
        {(fault) => (
          <p class="error" role="alert">
            {copy().problem(fault())}
          </p>
        )}
      </Show>
      <Foot missing={draft.missing()} isWorking={sending.isWorking()} onClose={() => props.onClose()} />
    </form>
  )
}

const Foot = (props: { missing: string | null; isWorking: boolean; onClose: () => void }) => {
  const copy = useCopy()
  const id = createUniqueId()
  return (
    <div class="tools">
      <button
        class="main"
        aria-disabled={props.missing !== null}
        aria-describedby={id}
        disabled={props.isWorking}
      >
        {copy().approvers.propose}
      </button>
      <button type="button" onClick={() => props.onClose()}>
        {copy().confirm.back}
      </button>
      <span id={id} class="muted" aria-live="polite">
        {props.missing}
      </span>
    </div>
  )
}

const KindChoice = (props: { kind: Kind; onChange: (kind: Kind) => void }) => {
  const copy = useCopy()
  const id = createUniqueId()
  return (
    <fieldset class="tools">
      <legend>{copy().approvers.whom}</legend>
      <For each={['person', 'team'] as const}>
        {(kind) => (
          <label class="tools">
            <input
              type="radio"
              name={id}
              checked={props.kind === kind}
              onChange={() => props.onChange(kind)}
            />
            {copy().approvers.kinds[kind]}
          </label>
        )}
      </For>
    </fieldset>
  )
}

const TeamChoice = (props: { teams: Teams; team: string; onChange: (team: string) => void }) => {
  const copy = useCopy()
  const id = createUniqueId()
  return (
    <div class="approvers-field">
      <label for={id}>{copy().approvers.forTeam}</label>
      <select id={id} value={props.team} onChange={(event) => props.onChange(event.currentTarget.value)}>
        <option value="">{copy().approvers.choose}</option>
        <For each={props.teams}>
          {({ team, people }) => <option value={team}>{copy().approvers.team(team, people)}</option>}
        </For>
      </select>
    </div>
  )
}
