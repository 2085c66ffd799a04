import { describe, expect, it, vi } from 'vitest'
import { fireEvent, screen, waitFor, within } from '@solidjs/testing-library'
import { importProblemCodes } from '#domain/questions/import-kinds.ts'
import { de } from '../../copy/de/index.ts'
import { en } from '../../copy/en/index.ts'
import type { Answers } from '../../testing/answers.ts'
import { mountConsole } from '../../testing/mount.tsx'
import { detail, sourcesPage, waiting } from '../../testing/sources.ts'
// Compiled before a test waits for it.
import './index.tsx'

const answers: Answers = {
  'console.sources': () => sourcesPage,
  'console.sourceImport': () => detail,
  'console.confirmImport': () => ({ ...waiting, state: 'confirmed' }),
  'console.cancelImport': () => ({ ...waiting, state: 'cancelled' }),
  'console.countThin': () => ({ done: true }),
}
const words = en.sources

/** The page uses this of the browser's own way to send a file. */
class FakeRequest {
  static last: FakeRequest | undefined
  readonly headers = new Map<string, string>()
  readonly upload: { onprogress?: (event: { loaded: number; total: number }) => void } = {}
  status = 0
  responseText = ''
  path = ''
  onload?: () => void
  onerror?: () => void
  onabort?: () => void
  constructor() {
    FakeRequest.last = this
  }
  open(_: string, path: string) {
    this.path = path
  }
  setRequestHeader(name: string, value: string) {
    this.headers.set(name, value)
  }
  send() {
    this.upload.onprogress?.({ loaded: 1, total: 2 })
  }
  abort() {
    this.onabort?.()
  }
  answer(status: number, body: unknown) {
    this.status = status
    this.responseText = JSON.stringify(body)
    this.onload?.()
  }
}

const fileOf = (name = 'tickets.csv', size?: number): File => {
  const file = new File(['person,ticket_id,category,opened'], name)
  if (size !== undefined) Object.defineProperty(file, 'size', { value: size })
  return file
}

describe('the page of sources', () => {
  it('says which questions each source feeds, how old it is, and who could be asked', async () => {
    await mountConsole('/sources', { role: 'auditor', answers })
    const table = await screen.findByRole('region', { name: words.table.title })
    const row = within(table).getByRole('row', { name: /Tickets/ })
    expect(row.textContent).toContain('last request')
    expect(row.textContent).toContain('12 people could be asked')
    expect(row.textContent).toContain(words.table.stale)
    expect(within(table).getByRole('row', { name: /Managers/ }).textContent).toContain(words.table.off)
    const thin = screen.getByRole('region', { name: words.thin.title })
    expect(thin.textContent).toContain('30 (75%)')
    expect(within(thin).getByRole('link', { name: 'Jonas Weber' })).toBeTruthy()
    expect(thin.textContent).toContain(words.thin.helps.no_source)
    // A reader without the permission is offered nothing to change.
    expect(screen.queryByRole('region', { name: words.upload.title })).toBeNull()
    expect(screen.queryByRole('button', { name: words.thin.again })).toBeNull()
  })

  it('says how far the log of sign-ins of each directory was read, and that it could not be', async () => {
    const corp = { name: 'corp', people: 40, readAt: null, trouble: null, heldPeople: 0, heldContacts: 0 }
    const readTo = '2026-06-01T09:00:00.000Z'
    const directories = [
      { ...corp, log: { readTo, signIns: 1234, isStopped: false } },
      { ...corp, name: 'late', log: { readTo, signIns: 9, isStopped: true } },
      { ...corp, name: 'new', log: { readTo: null, signIns: 0, isStopped: false } },
      { ...corp, name: 'shut', log: { readTo: null, signIns: 0, isStopped: true } },
      { ...corp, name: 'plain', log: null },
    ]
    const page = () => ({ ...sourcesPage, directories })
    await mountConsole('/sources', { role: 'auditor', answers: { ...answers, 'console.sources': page } })
    await screen.findByText(/^Directory plain/)
    const [read, late, unread, shut, plain] = screen
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent)
      .filter((text) => text.startsWith('Directory '))
    expect(read).toContain('1,234 sign-ins counted, up to')
    expect(read).not.toContain(words.table.logStopped)
    expect(late).toMatch(/9 sign-ins counted, up to .*came to no end/)
    expect(unread).toMatch(/not read yet\. The first reading begins within an hour\.$/)
    expect(shut).toContain(words.table.logStopped)
    expect(shut).not.toContain(words.table.logUnread)
    expect(plain).not.toContain('Log of sign-ins')
  })

  it('counts again when an admin asks', async () => {
    const { user, calls } = await mountConsole('/sources', { role: 'admin', answers })
    await user.click(await screen.findByRole('button', { name: words.thin.again }))
    await waitFor(() => expect(calls.map(({ name }) => name)).toContain('console.countThin'))
  })

  it('says who brought a file, and by which way where that is not this page', async () => {
    const by = { id: null, name: 'Ticket system' }
    const imports = [
      waiting,
      { ...waiting, id: '7c5c4d9e-53f5-4f6f-9d2c-1f0a54a3b002', origin: 'api' as const, by },
      { ...waiting, id: '7c5c4d9e-53f5-4f6f-9d2c-1f0a54a3b003', origin: 'shell' as const, by },
    ]
    const page = { ...sourcesPage, imports }
    await mountConsole('/sources', { role: 'admin', answers: { ...answers, 'console.sources': () => page } })
    const table = within(await screen.findByRole('group', { name: words.history.title }))
    for (const text of ['Priya Castellan', 'Ticket system (by API)', 'Ticket system (at the shell)'])
      expect(table.getByText(text)).toBeTruthy()
  })

  it('says so where nothing was counted or imported yet', async () => {
    const empty = { ...sourcesPage, thin: null, isCountWanted: true, imports: [], questionsEnabled: false }
    await mountConsole('/sources', { role: 'admin', answers: { ...answers, 'console.sources': () => empty } })
    await screen.findByText(words.thin.none)
    for (const text of [words.thin.wanted, words.thin.off, words.history.none])
      expect(screen.getByText(text)).toBeTruthy()
  })
})

describe('a file', () => {
  it('is chosen, sent with its progress, and leads to what it would do', async () => {
    vi.stubGlobal('XMLHttpRequest', FakeRequest)
    const { user } = await mountConsole('/sources', { role: 'admin', answers })
    await user.click(await screen.findByRole('button', { name: 'Import: Computers and asset tags' }))
    expect(document.activeElement?.id).toBe('sources-kind')
    expect(screen.getByText('asset_tag')).toBeTruthy()
    await user.click(screen.getByRole('radio', { name: words.upload.merge }))
    await user.click(screen.getByRole('checkbox', { name: words.upload.strict }))
    await user.upload(screen.getByLabelText(words.upload.drop), fileOf())
    await screen.findByText(words.upload.sending('50%'))
    const request = FakeRequest.last
    expect(request?.path).toBe('/api/console/sources/devices/imports?mode=merge&unknown=stop')
    expect(Object.fromEntries(request?.headers ?? [])).toMatchObject({
      'content-type': 'text/csv',
      'x-countersign': '1',
    })
    request?.answer(200, waiting)
    await screen.findByRole('heading', { name: words.import.title })
  })

  it('dropped is taken as well; JSON says that it is, and a refusal is shown in words', async () => {
    vi.stubGlobal('XMLHttpRequest', FakeRequest)
    await mountConsole('/sources', { role: 'admin', answers })
    const input = await screen.findByLabelText(words.upload.drop)
    fireEvent.drop(input, { dataTransfer: { files: [fileOf('tickets.json')] } })
    await screen.findByText(words.upload.sending('50%'))
    expect(FakeRequest.last?.headers.get('content-type')).toBe('application/json')
    FakeRequest.last?.answer(409, { code: 'imports_open', status: 409 })
    expect((await screen.findByRole('alert')).textContent).toContain('Too many imports')
  })

  it('can be stopped, and one that is too large is not even sent', async () => {
    vi.stubGlobal('XMLHttpRequest', FakeRequest)
    const { user } = await mountConsole('/sources', { role: 'admin', answers })
    await user.upload(await screen.findByLabelText(words.upload.drop), fileOf())
    await user.click(await screen.findByRole('button', { name: words.upload.stop }))
    const input = await screen.findByLabelText(words.upload.drop)
    expect(screen.queryByRole('alert')).toBeNull()
    FakeRequest.last = undefined
    await user.upload(input, fileOf('big.csv', 40_000_000))
    expect((await screen.findByRole('alert')).textContent).toBe(words.upload.tooLarge)
    expect(FakeRequest.last).toBeUndefined()
  })
})

describe('an import', () => {
  const path = `/sources?import=${waiting.id}`

  it('shows what it would do, thin files before and after, and what is wrong', async () => {
    await mountConsole(path, { role: 'auditor', answers })
    const region = await screen.findByRole('region', { name: words.import.title })
    await within(region).findByText(words.import.thinAfter)
    expect(region.textContent).toContain(`${words.import.thinBefore}30`)
    expect(region.textContent).toContain(`${words.import.thinAfter}3`)
    expect(region.textContent).toContain(words.import.codes.unknown_person)
    expect(within(region).getByRole('link', { name: words.import.report }).getAttribute('href')).toBe(
      `/api/console/imports/${waiting.id}/report.csv`,
    )
    expect(within(region).queryByRole('button', { name: words.import.confirm })).toBeNull()
  })

  it('is confirmed by an admin, who says that so much may go', async () => {
    const { user, calls } = await mountConsole(path, { role: 'admin', answers })
    await user.click(await screen.findByRole('checkbox', { name: /takes away 29 facts of 59/ }))
    await user.click(screen.getByRole('button', { name: words.import.confirm }))
    await waitFor(() =>
      expect(calls.find(({ name }) => name === 'console.confirmImport')?.body).toEqual({
        isDropConfirmed: true,
      }),
    )
  })

  it('can be cancelled', async () => {
    const { user, calls } = await mountConsole(path, { role: 'admin', answers })
    await user.click(await screen.findByRole('button', { name: words.import.cancel }))
    await waitFor(() => expect(calls.map(({ name }) => name)).toContain('console.cancelImport'))
  })
})

it('every fault has a sentence in both languages', () => {
  for (const code of importProblemCodes)
    for (const copy of [en, de]) expect(copy.sources.import.codes[code]).toMatch(/\w{2}/)
})
