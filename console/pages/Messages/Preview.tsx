import { createUniqueId, Show } from 'solid-js'
import type { MessageTemplate } from '#api/contract/console-messages.ts'
import type { MessageText } from '#domain/messages/message-text.ts'
import { useCopy } from '../../copy/index.ts'
import { filled } from './choice.ts'

/** Words as they arrive: an SMS as a bubble of a phone's width, a mail with its subject and the facts that it adds by itself. */
export const Preview = (props: { template: MessageTemplate; messageText: MessageText; name?: string }) => {
  const copy = useCopy()
  const id = createUniqueId()
  const shown = () => filled(props.messageText, props.template)
  return (
    <section class="message-preview" aria-labelledby={id}>
      <h3 id={id}>{props.name ?? copy().messages.preview}</h3>
      <Show
        when={props.template.channel === 'email'}
        fallback={
          <p class="message-bubble" lang={props.template.language}>
            {shown().text}
          </p>
        }
      >
        <div class="message-mail" lang={props.template.language}>
          <p>
            <strong>{shown().subject}</strong>
          </p>
          <p>{shown().text}</p>
        </div>
        <p class="muted">{copy().messages.mailAdds}</p>
      </Show>
    </section>
  )
}
