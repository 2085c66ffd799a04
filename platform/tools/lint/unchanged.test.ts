import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cleanState } from './unchanged.ts'

let folder: string
const at = (name: string) => join(folder, name)
const write = (name: string, text: string): void => {
  writeFileSync(at(name), text)
}
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-unchanged-'))
  mkdirSync(at('node_modules'))
  write('node_modules/.package-lock.json', '{}')
  write('tsconfig.json', '{}')
  write('package.json', '{}')
  write('one.ts', '1')
  write('data.json', '[]')
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

const open = (...roots: string[]) => cleanState(at('state.clean'), at('tsconfig.json'), roots.map(at))
/** The compiler read these: a root, and a file that only an import names. */
const read = () => [
  { fileName: at('one.ts'), text: '1' },
  { fileName: at('data.json'), text: '[]' },
  { fileName: at('node_modules/library/index.d.ts'), text: 'not looked at' },
]

describe('a project without complaints', () => {
  it('is unchanged until something changes, and not before it was once without complaint', () => {
    expect(open('one.ts').isUnchanged()).toBe(false)
    open('one.ts').keep(read())
    expect(open('one.ts').isUnchanged()).toBe(true)
  })

  it.each([
    ['a root', 'one.ts'],
    ['a file that only an import names', 'data.json'],
    ['the configuration', 'tsconfig.json'],
    ['the names of imports', 'package.json'],
    ['what is installed', 'node_modules/.package-lock.json'],
  ])('has changed with %s', (_, name) => {
    open('one.ts').keep(read())
    write(name, '{ }')
    expect(open('one.ts').isUnchanged()).toBe(false)
  })

  it('has changed with a file that came or went', () => {
    open('one.ts').keep(read())
    write('two.ts', '')
    expect(open('one.ts', 'two.ts').isUnchanged()).toBe(false)
    rmSync(at('data.json'))
    expect(open('one.ts').isUnchanged()).toBe(false)
  })

  it('is not remembered where a file was saved while the compiler worked', () => {
    const texts = read()
    write('one.ts', '2')
    open('one.ts').keep(texts)
    expect(open('one.ts').isUnchanged()).toBe(false)
  })

  it('has always changed where nothing says what is installed, or the state cannot be read', () => {
    open('one.ts').keep(read())
    write('state.clean', '{')
    expect(open('one.ts').isUnchanged()).toBe(false)
    rmSync(at('node_modules/.package-lock.json'))
    open('one.ts').keep(read())
    expect(open('one.ts').isUnchanged()).toBe(false)
  })
})
