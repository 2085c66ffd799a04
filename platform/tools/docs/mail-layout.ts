import { readFileSync } from 'node:fs'
import mjml from 'mjml'

const source = new URL('../../../services/messages/mail/layout.mjml', import.meta.url)

/** A value that is filled in when a mail is written cannot be one of the words that MJML knows for this attribute. */
const isFilledLater = ({ message }: { readonly message: string }): boolean =>
  message.includes('has invalid value: {{=')

/** The HTML around every mail as a module, built by MJML from its source. @throws when MJML finds a fault in the source */
export const mailLayout = async (): Promise<string> => {
  const { html, errors } = await mjml(readFileSync(source, 'utf8'), {
    validationLevel: 'soft',
    // No font is fetched from anywhere.
    fonts: {},
    keepComments: false,
    beautify: true,
  })
  const faults = errors.filter((error) => !isFilledLater(error))
  if (faults.length > 0) throw new Error(faults.map(({ formattedMessage }) => formattedMessage).join('\n'))
  return [
    '/** The HTML around every mail. `npm run docs:write` builds it from layout.mjml. */',
    `export const layout = \`${html.trim()}\n\``,
    '',
  ].join('\n')
}
