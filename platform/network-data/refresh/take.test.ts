import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openNetworkData } from '../open.ts'
import { serve, smallData } from '../testing/small-data.ts'
import { refresh } from './refresh.ts'
import { readSourceArgument } from './sources.ts'

const at = new Date('2026-11-25T12:00:00Z')
const tor = ['185.220.101.1', '185.220.101.7', '2a0b:f4c0::1']

let dir: string
let remove: () => void
const feedsOf = (address: string): readonly string[] =>
  openNetworkData(dir)
    .lookup(address)
    ?.feeds.map(({ source }) => source.asOf) ?? []

beforeEach(() => {
  ;({ dir, remove } = smallData())
})
afterEach(() => {
  remove()
})

describe('sources by address', () => {
  const served = (body: string | Uint8Array, headers: Record<string, string> = {}) =>
    serve((request, response) => {
      if (request.url === '/moved') response.writeHead(302, { location: '/tor-2026-11-24.txt' }).end()
      else if (request.url === '/out') response.writeHead(302, { location: 'http://exits.example/x' }).end()
      else if (request.url === '/round') response.writeHead(302, { location: '/round' }).end()
      else if (request.url === '/none') response.writeHead(404).end()
      else response.writeHead(200, headers).end(body)
    })
  const text = `${tor.join('\n')}\n`

  it('takes a list, packed or not, and follows a redirect', async () => {
    const plain = await served(text)
    await refresh(dir, [readSourceArgument(`tor=${plain.origin}/tor-2026-11-23.txt`)], { at })
    expect(feedsOf('185.220.101.1')).toEqual(['2026-11-23'])
    await refresh(dir, [{ ...readSourceArgument(`tor=${plain.origin}/moved`), asOf: '2026-11-24' }], { at })
    expect(feedsOf('185.220.101.1')).toEqual(['2026-11-24'])
    await plain.close()
    const packed = await served(gzipSync(text))
    await refresh(dir, [readSourceArgument(`tor=${packed.origin}/tor-2026-11-25.txt.gz`)], { at })
    expect(feedsOf('185.220.101.1')).toEqual(['2026-11-25'])
    await packed.close()
  })

  it('takes the date that the server gives, and refuses a list to which nobody gives one', async () => {
    const dated = await served(text, { 'last-modified': 'Tue, 24 Nov 2026 08:00:00 GMT' })
    await refresh(dir, [readSourceArgument(`tor=${dated.origin}/exits`)], { at })
    expect(feedsOf('185.220.101.1')).toEqual(['2026-11-24'])
    await dated.close()
    const undated = await served(text, { 'last-modified': 'lately' })
    const failing = refresh(dir, [readSourceArgument(`tor=${undated.origin}/exits`)], { at })
    await expect(failing).rejects.toThrow('has no date: say asOf')
    await undated.close()
  })

  it.each([
    ['an error', '/none', 'answers 404'],
    ['an endless redirect', '/round', 'redirects too often'],
    ['a redirect to plain HTTP elsewhere', '/out', 'must begin with https://'],
  ])('refuses %s', async (_name, path, sentence) => {
    const server = await served(text)
    const source = { ...readSourceArgument(`tor=${server.origin}${path}`), asOf: '2026-11-24' }
    await expect(refresh(dir, [source], { at })).rejects.toThrow(sentence)
    await server.close()
  })

  it('refuses a body that ends early, and never repeats a key of the address', async () => {
    const server = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '500' }).write(text, () => response.destroy())
    })
    const source = readSourceArgument(`tor=${server.origin}/tor-2026-11-24.txt?key=secret`)
    const failed = await refresh(dir, [source], { at }).catch((error: unknown) => error)
    expect(String(failed)).toContain('ended early')
    expect(String(failed)).not.toContain('secret')
    await server.close()
  })

  it('refuses what is larger than a list can be, announced or not', async () => {
    const announced = await served('', { 'content-length': '40000000' })
    await expect(
      refresh(dir, [readSourceArgument(`tor=${announced.origin}/tor-2026-11-24.txt`)], { at }),
    ).rejects.toThrow('larger than 32 MB')
    await announced.close()
  })

  it.each([
    'http://exits.example/tor-2026-11-24.txt',
    'ftp://exits.example/x',
    'https://me:pw@exits.example/x',
  ])('refuses %s before anything is sent', async (from) => {
    const failed = await refresh(dir, [{ kind: 'tor', name: 'list', from }], { at }).catch((e: unknown) => e)
    expect(String(failed)).toMatch(/must begin with https|without credentials/)
    expect(String(failed)).not.toContain('pw@')
  })
})
