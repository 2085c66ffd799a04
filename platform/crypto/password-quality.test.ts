import { describe, expect, it } from 'vitest'
import { createPasswordEstimate } from './password-quality.ts'

const estimate = createPasswordEstimate()

describe('N5: the server estimate of a password', () => {
  it('knows common passwords, in any case', async () => {
    for (const password of ['password1', 'qwertyuiop', 'PASSWORD1', 'iloveyou'])
      expect(await estimate(password, [])).toMatchObject({ isCommon: true })
    expect(await estimate('quiet lamps over cold water', [])).toEqual({ isCommon: false, score: 4 })
  })

  it('holds at least 3,000 common passwords', async () => {
    const { dictionary } = await import('@zxcvbn-ts/language-common')
    expect(dictionary['passwords-common'].length).toBeGreaterThan(3_000)
  })

  it('knows phrases that everybody knows, whatever digits and signs are in them', async () => {
    const known = [
      'correct horse battery staple',
      'CorrectHorseBatteryStaple1!',
      'to be or not to be',
      'Ich liebe meine Frau 2026',
      'bitte ändern 2026',
      'mein-passwort-ist-geheim',
      'Être ou ne pas être !',
    ]
    for (const password of known)
      expect(await estimate(password, []), password).toMatchObject({ isCommon: true })
    // Words of one's own make another password of it.
    expect(await estimate('to be or not to be a heron in the rain', [])).toMatchObject({ isCommon: false })
  })

  it('knows the words of each language of the portal', async () => {
    const weak = [
      'Willkommen123456',
      'Sommerferien2026',
      'Bienvenue123456',
      'Bienvenidos1234',
      'Bemvindo1234567',
      'Summer2026!Summer',
      'minhasenhasecreta',
    ]
    for (const password of weak) expect((await estimate(password, [])).score, password).toBeLessThan(4)
  })

  it('rates patterns and the own words low', async () => {
    expect((await estimate('aaaaaaaaaaaaaaaa', [])).score).toBeLessThan(3)
    expect((await estimate('abcdefghijklmnop', [])).score).toBeLessThan(3)
    expect((await estimate('nordwind2026', ['nordwind'])).score).toBeLessThan(3)
  })

  it('answers for long and hostile input without holding the thread', async () => {
    await estimate('warm', [])
    const start = process.cpuUsage()
    for (const password of ['@55!7'.repeat(20), 'x'.repeat(10_000), '😀'.repeat(200), '1l1l1l'.repeat(50)])
      expect((await estimate(password, ['nordwind'])).isCommon).toBe(false)
    // A stall is seconds. Counted in the processor's time: other work may share the machine.
    expect(process.cpuUsage(start).user / 1_000).toBeLessThan(2_000)
  })
})
