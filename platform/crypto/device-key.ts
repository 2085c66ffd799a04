import { generateKeyPairSync, sign } from 'node:crypto'
import { provenText, type PageProof, type ProvenAct } from '#domain/risk/device-proof.ts'
import type { DeviceProof } from '#domain/risk/probe.ts'

/** The key of a participant's browser, for those who play one: it signs what the portal's page signs. */
export type DeviceKey = {
  readonly publicKey: string
  /** The page's statement about itself, with the code. */
  readonly page: (token: string, origin: string) => PageProof
  /** The proof within a report. */
  readonly report: (nonce: string, origin: string) => DeviceProof
  /** The header of an act. */
  readonly act: (act: ProvenAct, origin: string) => string
}

/** Makes one, as a browser does at its first visit. */
export const createDeviceKey = (): DeviceKey => {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = pair.publicKey.export({ format: 'jwk' })
  const point = [Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]
  const publicKey = Buffer.concat(point).toString('base64url')
  const key = { key: pair.privateKey, dsaEncoding: 'ieee-p1363' } as const
  const signatureOf = (text: string): string =>
    sign('sha256', Buffer.from(text, 'utf8'), key).toString('base64url')
  return {
    publicKey,
    page: (token, origin) => ({
      origin,
      device: { publicKey, signature: signatureOf(provenText.code(token, origin)) },
    }),
    report: (nonce, origin) => ({ publicKey, signature: signatureOf(provenText.report(nonce, origin)) }),
    act: (act, origin) => `${origin} ${signatureOf(provenText.act(act, origin))}`,
  }
}
