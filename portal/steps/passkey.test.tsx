import { screen } from '@solidjs/testing-library'
import { userEvent } from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { answerWith, steps } from '../testing/answers.ts'
import { showStep } from '../testing/show-step.tsx'

const heading = (name: string) => screen.findByRole('heading', { level: 1, name })

/** The answers of a browser's authenticator; null: its dialog was closed. */
const authenticator = (answers: { create?: object | null; get?: object | null }) => {
  const bytes = new Uint8Array([1, 2, 3]).buffer
  const asked: unknown[] = []
  const answer = (given: object | null | undefined) => (options: unknown) => {
    asked.push(options)
    return given === null || given === undefined
      ? Promise.reject(new DOMException('closed', 'NotAllowedError'))
      : Promise.resolve({ id: 'AQID', response: { clientDataJSON: bytes, ...given } })
  }
  vi.stubGlobal('PublicKeyCredential', class {})
  vi.stubGlobal('navigator', {
    ...navigator,
    credentials: { create: answer(answers.create), get: answer(answers.get) },
  })
  return { asked, bytes }
}

describe('the passkey', () => {
  const request = {
    challenge: 'AQID',
    rpId: 'portal.example.org',
    allow: [{ id: 'AQID', transports: [] }],
    seconds: 300,
  }

  it('is asked of the device with user verification, and its answer goes to the server', async () => {
    const bytes = new Uint8Array([1, 2, 3]).buffer
    const device = authenticator({ get: { authenticatorData: bytes, signature: bytes } })
    const { asked } = await showStep(steps.passkey, {
      'portal.beginPasskey': () => request,
      'portal.provePasskey': () => answerWith({ ...steps.passkey, refused: true, triesLeft: 1 }),
    })
    await userEvent.click(await screen.findByRole('button', { name: 'Use my passkey' }))
    expect((await screen.findByRole('alert')).textContent).toBe(
      'This passkey was not accepted. One try is left.',
    )
    expect(device.asked).toMatchObject([
      {
        publicKey: {
          userVerification: 'required',
          rpId: 'portal.example.org',
          allowCredentials: [{ type: 'public-key' }],
        },
      },
    ])
    expect(asked('portal.provePasskey')).toEqual([
      { id: 'AQID', clientDataJSON: 'AQID', authenticatorData: 'AQID', signature: 'AQID' },
    ])
  })

  it('says what happened when the device was stopped, and lets the participant continue without', async () => {
    authenticator({ get: null })
    const { asked } = await showStep(steps.passkey, {
      'portal.beginPasskey': () => request,
      'portal.withoutPasskey': () => answerWith(steps.waiting),
    })
    await userEvent.click(await screen.findByRole('button', { name: 'Use my passkey' }))
    expect((await screen.findByRole('alert')).textContent).toMatch(/not used/)
    await userEvent.click(screen.getByRole('button', { name: 'I do not have it here' }))
    await screen.findByRole('heading', { level: 1, name: /looking at your request/ })
    expect(asked('portal.withoutPasskey')).toEqual([{}])
  })

  it('offers only the other way in a browser that knows none', async () => {
    await showStep(steps.passkey)
    expect(await screen.findByRole('alert')).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Use my passkey' })).toBeNull()
    expect(screen.getByRole('button', { name: 'I do not have it here' })).toBeTruthy()
  })
})

describe('the offer of a passkey', () => {
  const offered = { ...steps.ended, passkey: 'offered' as const }
  const creation = {
    challenge: 'AQID',
    rp: { id: 'portal.example.org', name: 'Northwind Traders' },
    user: { id: 'AQID', name: 'ada@northwind.example', displayName: 'Ada Lindt' },
    algorithms: [-7],
    exclude: [],
    seconds: 300,
  }
  const made = {
    attestationObject: new Uint8Array([1, 2, 3]).buffer,
    getTransports: () => ['internal', 'smoke'],
  }

  it('comes after the result, sets one up, and says from when on it counts', async () => {
    const device = authenticator({ create: made })
    const { asked } = await showStep(offered, {
      'portal.beginEnrolment': () => creation,
      'portal.enrolPasskey': () => answerWith({ ...steps.ended, passkey: 'enrolled' }),
    })
    await heading('Your password has been changed')
    await userEvent.click(await screen.findByRole('button', { name: 'Set up a passkey' }))
    expect((await screen.findByRole('status')).textContent).toMatch(/In three days/)
    expect(device.asked).toMatchObject([
      { publicKey: { attestation: 'none', authenticatorSelection: { userVerification: 'required' } } },
    ])
    expect(asked('portal.enrolPasskey')).toEqual([
      { id: 'AQID', clientDataJSON: 'AQID', attestationObject: 'AQID', transports: ['internal'] },
    ])
  })

  it('is easily skipped', async () => {
    authenticator({})
    const { seen } = await showStep(offered)
    await userEvent.click(await screen.findByRole('button', { name: 'No, thank you' }))
    expect(screen.queryByRole('button', { name: 'Set up a passkey' })).toBeNull()
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Your password has been changed')
    expect(seen.map(({ name }) => name)).toEqual(['portal.step'])
  })

  it('tells that the password is not affected when none was set up', async () => {
    authenticator({ create: null })
    await showStep(offered, { 'portal.beginEnrolment': () => creation })
    await userEvent.click(await screen.findByRole('button', { name: 'Set up a passkey' }))
    expect((await screen.findByRole('alert')).textContent).toMatch(/new password is not affected/)
  })

  it('is not made in a browser that knows none', async () => {
    await showStep(offered)
    expect(screen.queryByRole('button', { name: 'Set up a passkey' })).toBeNull()
  })
})
