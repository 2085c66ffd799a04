import type { TextTools } from '../plan.ts'
import { tokensOf } from './normalise.ts'

/** Longest reply that is graded, in characters; longer is invalid. */
export const maxReplyLength = 80

/** Words for "I don't know", in the portal's languages; compared after NFKC, lower case, no punctuation. */
const dontKnow: ReadonlySet<string> = new Set(
  [
    'idk|dont know|i dont know|do not know|i do not know|dunno|none|na|n a|nothing|unknown|no idea|not sure|no clue|cant remember|skip|pass',
    'weiss nicht|weiß nicht|weiss ich nicht|weiß ich nicht|ich weiss nicht|ich weiß nicht|keine ahnung|unbekannt|kein|keine|k a|ka|weiter',
    'je ne sais pas|sais pas|aucune idee|aucune idée|inconnu|inconnue|aucun|aucune',
    'no se|no sé|no lo se|no lo sé|ni idea|desconocido|ninguno|ninguna',
    'nao sei|não sei|sem ideia|desconhecido|nenhum|nenhuma',
    'わからない|わかりません|分からない|分かりません|知らない|知りません|不明|なし',
    'لا أعرف|لا اعرف|لا أدري|لا ادري|غير معروف|لا شيء',
  ]
    .join('|')
    .split('|'),
)

/** Text aimed at a machine or at the agent rather than at the question. */
const hostile: readonly RegExp[] = [
  /\b(ignore|disregard|forget)\b.{0,30}\b(previous|above|prior|all|instructions?|rules?)\b/,
  /\b(system|developer) (prompt|message|override)\b/,
  /\b(mark|grade|treat|count|accept) (this|it|me|my answer)\b.{0,20}\b(correct|right|passed|verified)\b/,
  /\b(you are|act as) (now )?(an?|the) (ai|assistant|grader|system)\b/,
  /<\s*\/?\s*[a-z!]|\bjavascript:|\bhttps?:\/\/|\bselect\b.+\bfrom\b|\bdrop table\b|\$\{|\{\{/,
  /\b(fuck|fucking|shit|bitch|cunt|asshole|arschloch|scheisse|scheiße|wichser|fotze|putain|connard|mierda|puta|merda)\b/,
]

const bare = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/['’`]/g, '')
    .replace(/[\p{P}\s\p{Cf}]+/gu, ' ')
    .trim()

/** True if a typed reply says "I don't know": nothing, blanks, only punctuation, or words to that effect. */
export const saysDontKnow = (text: string): boolean => {
  const words = bare(text)
  return words === '' || dontKnow.has(words)
}

/** A reply is compared with these besides the truth, to tell an answer from noise. */
export type ReplyContext = {
  /** The question's sentence as shown, when known. */
  readonly questionSentence?: string
  /** Earlier typed replies of this verification; the same text for different questions is no answer. */
  readonly earlierTexts?: readonly string[]
}

/** True if a typed reply cannot be an answer at all; the kind-specific rules are with each kind. */
export const isNoAnswer = (
  text: string,
  context: ReplyContext,
  tools: Pick<TextTools, 'toAscii'>,
): boolean => {
  const plain = text.normalize('NFKC')
  if ([...plain].length > maxReplyLength || !/[\p{L}\p{N}]/u.test(plain)) return true
  if (hostile.some((pattern) => pattern.test(plain.toLowerCase()))) return true
  const key = tokensOf(text, tools).join(' ')
  const sentence = context.questionSentence
  return sentence !== undefined && key.length > 12 && tokensOf(sentence, tools).join(' ').includes(key)
}

/** True if the same text was already pasted to another question. */
export const isPastedAgain = (text: string, context: ReplyContext): boolean =>
  (context.earlierTexts ?? []).some((earlier) => bare(earlier) === bare(text))
