import { screen } from '@solidjs/testing-library'
import { describe, expect, it, vi } from 'vitest'
import { probe } from '#domain/risk/testing/facts.ts'
import type { ProbeReport } from '#domain/risk/probe.ts'
import * as collector from '../probes/collect.ts'
import { answerWith, questions, steps } from '../testing/answers.ts'
import { showStep } from '../testing/show-step.tsx'

const { nonce } = steps.checking
const report = (): ProbeReport => probe({ nonce, device: null })
// The emulated document lacks whatever the collector looks at. A spy, since files share their modules and a mock of one comes too late.
const collecting = (run: () => Promise<ProbeReport>) => vi.spyOn(collector, 'collect').mockImplementation(run)

describe('checking', () => {
  it('continues without a report when the collector fails', async () => {
    collecting(() => Promise.reject(new Error('too old a browser')))
    const { asked } = await showStep(steps.checking, { 'portal.checks': () => answerWith(questions.manager) })
    await screen.findByRole('heading', { level: 1, name: 'Who is your direct manager?' })
    expect(asked('portal.checks')).toEqual([{ report: null }])
  })

  it.each([500, 503, 429])(
    'keeps its report where the server could not take it for now: %i',
    async (status) => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
      collecting(() => Promise.resolve(report()))
      const { asked, replies } = await showStep(steps.checking, {
        'portal.checks': () => ({ refuse: status }),
      })
      await vi.waitFor(() => expect(asked('portal.checks')).toHaveLength(1))
      replies['portal.checks'] = () => answerWith(steps.waiting)
      await vi.advanceTimersByTimeAsync(2100)
      expect(asked('portal.checks')).toEqual([{ report: report() }, { report: report() }])
    },
  )

  it('continues without a report that the server cannot read', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    collecting(() => Promise.resolve(report()))
    const { asked, replies } = await showStep(steps.checking, { 'portal.checks': () => ({ refuse: 422 }) })
    await vi.waitFor(() => expect(asked('portal.checks')).toHaveLength(1))
    replies['portal.checks'] = () => answerWith(steps.waiting)
    await vi.advanceTimersByTimeAsync(2100)
    expect(asked('portal.checks')).toEqual([{ report: report() }, { report: null }])
  })

  it('sends a report after all that took longer than the page waits', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    let finish: (report: ProbeReport) => void = () => undefined
    const collected = collecting(() => new Promise((resolve) => (finish = resolve)))
    const { asked } = await showStep(steps.checking, { 'portal.checks': () => answerWith(steps.waiting) })
    await vi.waitFor(() => expect(collected).toHaveBeenCalled())
    await vi.advanceTimersByTimeAsync(10_100)
    await vi.waitFor(() => expect(asked('portal.checks')).toEqual([{ report: null }]))
    finish(report())
    await vi.waitFor(() => expect(asked('portal.checks')).toEqual([{ report: null }, { report: report() }]))
  })

  it('tries again by itself when nothing arrived', async () => {
    collecting(() => Promise.resolve(report()))
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { asked, replies } = await showStep(steps.checking, { 'portal.checks': () => ({ refuse: 0 }) })
    await vi.waitFor(() => expect(asked('portal.checks')).toHaveLength(1))
    expect(screen.getByRole('alert').textContent).toContain('No connection')
    replies['portal.checks'] = () => answerWith(steps.waiting)
    await vi.advanceTimersByTimeAsync(2100)
    expect(asked('portal.checks')).toHaveLength(2)
    expect(screen.queryByRole('alert')).toBeNull()
  })
})
