/** `npm run smoke` (smoke.ts). */
import { sentenceOf } from '#cli/sentence-of.ts'
import { smoke } from './smoke.ts'

const say = (line: string): void => {
  console.log(line)
}

try {
  say(await smoke(process.env, say))
} catch (error) {
  console.error(sentenceOf('smoke', error))
  process.exitCode = 1
}
