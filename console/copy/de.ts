import { en, type Copy } from './en.ts'

export const de: Copy = en
