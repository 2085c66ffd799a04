/**
 * The parser of `npm run lint`: type-aware rules ask the one program of the project. The language service, which
 * `eslint.config.js` names for editors, costs twice as much over a whole project.
 */
import type { Linter } from 'eslint'
import tseslint from 'typescript-eslint'
import type { Project } from './program.ts'

type Parser = Extract<Linter.Parser, { parseForESLint: unknown }>

/** Its own types leave out the options. */
const inner = tseslint.parser as Parser

/** Files outside of the project are an error. */
export const typedParserOver = (project: Project): Parser => ({
  // ESLint's cache knows the parser by this.
  meta: { name: 'typescript-eslint over one program', version: inner.meta?.version ?? '' },
  parseForESLint: (code: string, options: Linter.ParserOptions) =>
    inner.parseForESLint(code, { ...options, projectService: false, programs: [project.program()] }),
})
