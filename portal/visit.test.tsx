import { describe, expect, it } from 'vitest'
import { answerWith, brand, questions, steps, token } from './testing/answers.ts'
import { createReplies } from './testing/show-step.tsx'
import { createStore, tabAt } from './testing/tab.ts'
import { laterRoutes } from '#api/contract/routes-portal-later.ts'
import { input } from '#domain/risk/testing/facts.ts'
import { proofHeader, type ProvenAct } from '#domain/risk/device-proof.ts'
import { createVisit, knowRoutes, signActsWith } from './visit.ts'

const refuse = (): never => {
  throw new DOMException('no', 'SecurityError')
}

// As the file of the later steps does.
knowRoutes(laterRoutes)

describe('the token', () => {
  it('C9: is taken out of the address, whatever it is', () => {
    const past: unknown[] = []
    expect(tabAt('/v', token, createStore(), past).token).toBe(token)
    expect(tabAt('/v', 'short', createStore(), past).token).toBeNull()
    expect(tabAt('/', null, createStore(), past).token).toBeNull()
    expect(past).toEqual([
      [null, '', '/v'],
      [null, '', '/v'],
    ])
  })

  it('is kept by the tab over a reload, by each address for itself, until a session takes its place', async () => {
    const store = createStore()
    expect(tabAt('/v', token, store).isFresh).toBe(true)
    expect(tabAt('/approve', null, store).token).toBeNull()
    const reloaded = tabAt('/v', null, store)
    expect([reloaded.token, reloaded.isFresh]).toEqual([token, false])
    const server = createReplies({
      'public.openLink': () => answerWith(steps.who_asks),
      'public.submitCode': () => ({
        accepted: true,
        answer: { ...answerWith(questions.manager), nonce: 'n' },
      }),
    })
    const visit = createVisit(reloaded, server.fetchWith)
    await visit.enter()
    expect(tabAt('/v', null, store).token).toBe(token)
    const page = { origin: 'https://portal.example', device: null }
    await visit.go('public.submitCode', {
      body: { token, code: '481900', language: 'en', page, summary: input() },
    })
    expect(tabAt('/v', null, store).token).toBeNull()
    expect(JSON.stringify(store.getItem('brand'))).not.toContain(token)
  })

  it('a newer link takes the place of the one that is kept, and a damaged one leaves none', () => {
    const store = createStore()
    const newer = 'n'.repeat(43)
    tabAt('/v', token, store)
    expect(tabAt('/v', newer, store).token).toBe(newer)
    expect(tabAt('/v', 'cut off', store).token).toBeNull()
    expect(tabAt('/v', null, store).token).toBeNull()
  })

  it('works where the browser keeps nothing for a tab', () => {
    const refusing = { ...createStore(), getItem: refuse, setItem: refuse, removeItem: refuse }
    const tab = tabAt('/v', token, refusing)
    tab.forget()
    tab.finish('reported')
    expect([tab.token, tab.brand(), tab.wasAway()]).toEqual([token, null, false])
  })

  it('an end is what a reload shows, with the organisation and without the token', async () => {
    const store = createStore()
    const server = createReplies({
      'public.openLink': () => answerWith(steps.who_asks),
      'public.declineLink': () => answerWith({ ...steps.ended, ending: 'reported' }),
    })
    const visit = createVisit(tabAt('/v', token, store), server.fetchWith)
    await visit.enter()
    await visit.go('public.declineLink', { body: { token, digits: '41' } })
    const again = createVisit(tabAt('/v', null, store), server.fetchWith)
    await again.enter()
    expect(again.answer()).toMatchObject({ brand, step: { kind: 'ended', ending: 'reported' } })
    expect(server.seen).toHaveLength(2)
  })
})

describe('F15: an act of a session', () => {
  it('is signed with the nonce of the session, as it is sent; what comes before the session is not', async () => {
    const acts: ProvenAct[] = []
    signActsWith((act) => {
      acts.push(act)
      return Promise.resolve('a proof')
    })
    const server = createReplies({
      'public.openLink': () => answerWith(steps.who_asks),
      'public.submitCode': () => ({
        accepted: true,
        answer: { ...answerWith(questions.manager), nonce: 'bm9uY2U' },
      }),
      'portal.moreTime': () => answerWith(questions.manager),
    })
    const proofs: (string | null)[] = []
    const visit = createVisit(tabAt('/v', token), (path, init) => {
      proofs.push(new Headers(init?.headers).get(proofHeader))
      return server.fetchWith(path, init)
    })
    await visit.enter()
    const page = { origin: 'https://portal.example', device: null }
    await visit.go('public.submitCode', {
      body: { token, code: '481900', language: 'en', page, summary: input() },
    })
    await visit.go('portal.moreTime', { body: { position: 1 } })
    expect(proofs).toEqual([null, null, 'a proof'])
    const body = JSON.stringify({ position: 1 })
    expect(acts).toEqual([{ method: 'POST', path: '/api/portal/more-time', nonce: 'bm9uY2U', body }])
    signActsWith(() => Promise.resolve(null))
  })
})

describe('the way in', () => {
  it('opens a link without saying "Yes"', async () => {
    const server = createReplies({ 'public.openLink': () => answerWith(steps.who_asks) })
    const visit = createVisit(tabAt('/v', token), server.fetchWith)
    await visit.enter()
    expect(server.seen).toEqual([{ name: 'public.openLink', body: { token } }])
    expect(visit.answer()?.step.kind).toBe('who_asks')
    expect(visit.hasSession()).toBe(false)
  })

  it('resumes the session of this browser when the link is used up', async () => {
    const server = createReplies({ 'portal.step': () => answerWith(questions.manager) })
    const visit = createVisit(tabAt('/v', token), server.fetchWith)
    await visit.enter()
    expect(visit.answer()?.step.kind).toBe('question')
    expect(visit.trouble()).toBeNull()
    expect(visit.hasSession()).toBe(true)
  })

  it('C17: is a dead link without a session, whatever the reason', async () => {
    const server = createReplies({ 'portal.step': () => ({ refuse: 401 }) })
    const visit = createVisit(tabAt('/v', token), server.fetchWith)
    await visit.enter()
    expect(visit.trouble()).toBe('dead_link')
    const other = createVisit(tabAt('/v', null), server.fetchWith)
    await other.enter()
    expect(other.trouble()).toBe('no_session')
  })

  it('tells trouble that may pass from a link that is dead', async () => {
    for (const [refuse, trouble] of [
      [0, 'offline'],
      [503, 'busy'],
      [429, 'busy'],
    ] as const) {
      const visit = createVisit(
        tabAt('/v', token),
        createReplies({ 'public.openLink': () => ({ refuse }) }).fetchWith,
      )
      await visit.enter()
      expect(visit.trouble()).toBe(trouble)
      expect(visit.isWorking()).toBe(false)
    }
  })
})

describe('the order of answers', () => {
  const held = () => {
    let release = (): void => undefined
    const gate = new Promise<void>((resolve) => {
      release = resolve
    })
    return { gate, release }
  }

  it('asks for the next step when a step is over', async () => {
    const server = createReplies({
      'portal.step': () => answerWith(steps.ended),
      'portal.setPassword': () => ({ refuse: 409 }),
    })
    const visit = createVisit(tabAt('/v', null), server.fetchWith)
    expect(await visit.go('portal.setPassword', { body: { password: 'x' } })).toBeNull()
    expect(visit.answer()?.step.kind).toBe('ended')
    expect(visit.trouble()).toBeNull()
  })

  it('does not show a look-around that comes back after something was done', async () => {
    const { gate, release } = held()
    const server = createReplies({
      'portal.step': async () => {
        await gate
        return answerWith(steps.waiting)
      },
      'portal.report': () => answerWith({ ...steps.ended, ending: 'reported' }),
    })
    const visit = createVisit(tabAt('/v', null), server.fetchWith)
    const looking = visit.refresh()
    await visit.go('portal.report', { body: { digits: '27' } })
    release()
    await looking
    expect(visit.answer()?.step.kind).toBe('ended')
  })

  it('does not look around while something is being done', async () => {
    const { gate, release } = held()
    const server = createReplies({
      'portal.answer': async () => {
        await gate
        return answerWith(steps.waiting)
      },
    })
    const visit = createVisit(tabAt('/v', null), server.fetchWith)
    const summary = {
      keydowns: 0,
      inputs: 0,
      untrusted: [],
      pastes: 0,
      assisted: 0,
      visibleMs: 1,
      blurs: 0,
      rhythm: null,
      mouse: { presses: 0, centred: 0 },
    }
    const doing = visit.go('portal.answer', {
      body: { position: 0, reply: { kind: 'dont_know' }, summary: { ...summary, accessibility: false } },
    })
    await visit.refresh()
    expect(server.asked('portal.step')).toEqual([])
    expect(visit.isWorking()).toBe(true)
    release()
    await doing
    expect(visit.isWorking()).toBe(false)
  })
})
