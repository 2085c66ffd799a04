import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const git = (root: string, ...args: readonly string[]): readonly string[] =>
  execFileSync('git', ['-C', root, ...args], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line !== '')

/** Files of the schema, functions aside, that the newest release has with another text. */
function editedSinceRelease(root: string): readonly string[] {
  if (!existsSync(join(root, '.git'))) return []
  const [release] = git(root, 'tag', '--list', 'v*', '--merged', 'HEAD', '--sort=-version:refname')
  if (release === undefined) return []
  const folder = 'platform/database/schema'
  const paths = [`${folder}/*.sql`, `:!${folder}/functions`]
  return git(root, 'diff', '--name-only', '--no-renames', '--diff-filter=a', release, '--', ...paths)
}

describe('the schema of a release', () => {
  it('is never edited: a change is a file of its own', () => {
    expect(editedSinceRelease(fileURLToPath(new URL('../../../', import.meta.url)))).toEqual([])
  })

  it('would be caught: a file that was edited and one that was removed, from the first release on', () => {
    const root = mkdtempSync(join(tmpdir(), 'released-schema-'))
    const write = (name: string, text: string) => {
      const path = join(root, 'platform/database/schema', name)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, text)
    }
    const commit = () => {
      git(root, 'add', '.')
      git(root, '-c', 'user.name=t', '-c', 'user.email=t@example.test', 'commit', '--quiet', '--message', 't')
    }
    git(root, 'init', '--quiet')
    for (const name of ['kept.sql', 'edited.sql', 'removed.sql', 'functions/f.sql']) write(name, 'one')
    commit()
    write('edited.sql', 'two')
    expect(editedSinceRelease(root)).toEqual([])
    git(root, 'tag', 'v1.0.0')
    expect(editedSinceRelease(root)).toEqual(['platform/database/schema/edited.sql'])
    rmSync(join(root, 'platform/database/schema/removed.sql'))
    write('functions/f.sql', 'two')
    write('changes/0001-new.sql', 'one')
    commit()
    expect(editedSinceRelease(root)).toEqual([
      'platform/database/schema/edited.sql',
      'platform/database/schema/removed.sql',
    ])
    rmSync(root, { recursive: true })
  })
})
