import { screen, waitFor, within } from '@solidjs/testing-library'
import { describe, expect, it, vi } from 'vitest'
import type { StaffPasskeys } from '#api/contract/passkeys.ts'
import { refusing } from '../../testing/answers.ts'
import { mountConsole } from '../../testing/mount.tsx'
// Compiled before a test waits for it.
import './index.tsx'

const id = '00000000-0000-4000-8000-000000000900'
const page = (changes: Partial<StaffPasskeys> = {}): StaffPasskeys => ({
  isOffered: true,
  needs: null,
  passkeys: [{ id, name: 'Laptop', createdAt: '2026-01-02T09:00:00.000Z', lastUsedAt: null }],
  ...changes,
})
const bytes = new Uint8Array([1, 2, 3]).buffer
const request = { challenge: 'AQID', rpId: 'localhost', allow: [], seconds: 300 }

/** The device answers, or its dialog is closed. */
const device = (answers: boolean) => {
  vi.stubGlobal('PublicKeyCredential', class {})
  const given = { clientDataJSON: bytes, authenticatorData: bytes, signature: bytes }
  const get = () =>
    answers ? Promise.resolve({ id: 'AQID', response: given }) : Promise.reject(new DOMException('closed'))
  Object.defineProperty(navigator, 'credentials', { value: { get }, configurable: true })
}

describe('own passkeys', () => {
  it('F6: a first one asks for a fresh sign-in, and says why', async () => {
    device(true)
    await mountConsole('/security', {
      answers: { 'console.passkeys': () => page({ passkeys: [], needs: 'sign_in_again' }) },
    })
    const link = await screen.findByRole('link', { name: 'Sign in again' })
    expect(link.getAttribute('href')).toBe('/auth/sign-in?again=1&return_to=%2Fsecurity')
    expect(screen.queryByRole('textbox', { name: /Name/ })).toBeNull()
  })

  it('are removed only when asked twice', async () => {
    device(true)
    const { user, callsTo } = await mountConsole('/security', {
      answers: { 'console.passkeys': () => page(), 'console.removePasskey': () => ({ done: true }) },
    })
    await user.click(await screen.findByRole('button', { name: 'Remove' }))
    expect(callsTo('console.removePasskey')).toEqual([])
    await user.click(screen.getByRole('button', { name: 'Remove it for good' }))
    await waitFor(() => expect(callsTo('console.removePasskey')).toHaveLength(1))
  })
})

describe('F6: a call that needs a passkey', () => {
  const answers = (left: { times: number }) => ({
    'console.passkeys': () => page(),
    'console.renamePasskey': () => {
      left.times -= 1
      return left.times < 0 ? { done: true as const } : refusing('step_up_required', 403)()
    },
    'console.beginStepUp': () => request,
    'console.stepUp': () => ({ csrfToken: 'of the new session', seconds: 300 }),
  })
  const rename = async (user: Awaited<ReturnType<typeof mountConsole>>['user']) => {
    await user.click(await screen.findByRole('button', { name: 'Rename' }))
    await user.click(screen.getByRole('button', { name: 'Save' }))
    return within(await screen.findByRole('dialog', { name: 'Confirm that it is you' }))
  }

  it('F2: asks for it, takes the token of the new session, and continues by itself', async () => {
    device(true)
    const { user, callsTo } = await mountConsole('/security', { answers: answers({ times: 1 }) })
    const dialog = await rename(user)
    await user.click(dialog.getByRole('button', { name: 'Use passkey' }))
    await waitFor(() => expect(callsTo('console.renamePasskey')).toHaveLength(2))
    expect(callsTo('console.renamePasskey')[1]?.headers['x-csrf-token']).toBe('of the new session')
  })

  it('is not made when the dialog is left, and says so', async () => {
    device(false)
    const { user, callsTo } = await mountConsole('/security', { answers: answers({ times: 9 }) })
    const dialog = await rename(user)
    await user.click(dialog.getByRole('button', { name: 'Use passkey' }))
    expect((await dialog.findByRole('alert')).textContent).toMatch(/not used/)
    await user.click(dialog.getByRole('button', { name: 'Back' }))
    expect((await screen.findByRole('alert')).textContent).toBe('Confirm with your passkey first.')
    expect(callsTo('console.renamePasskey')).toHaveLength(1)
  })
})
