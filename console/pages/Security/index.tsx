import { createResource, createSignal, Show } from 'solid-js'
import { makePasskey } from '#platform/ui/passkey.ts'
import { call, faultOf } from '../../api.ts'
import { Trouble } from '../../components/Trouble.tsx'
import { useCopy } from '../../copy/index.ts'
import { Security, type Passkey } from './Security.tsx'

/** Own passkeys: set up, named, taken away. */
export const SecurityPage = () => {
  const copy = useCopy()
  const [page, { refetch }] = createResource(() => call('console.passkeys', {}))
  const [trouble, setTrouble] = createSignal<string | null>(null)
  const [isWorking, setWorking] = createSignal(false)
  /** Runs one change and shows its result. */
  const change = async (work: () => Promise<string | null>): Promise<boolean> => {
    setTrouble(null)
    setWorking(true)
    try {
      setTrouble(await work())
      await refetch()
      return trouble() === null
    } catch (error) {
      setTrouble(copy().problem(faultOf(error)))
      return false
    } finally {
      setWorking(false)
    }
  }
  const add = (name: string) =>
    change(async () => {
      const made = await makePasskey(await call('console.beginPasskey', { body: {} }))
      if (made === null) return copy().security.notMade
      await call('console.addPasskey', { body: { ...made, name } })
      return null
    })
  const rename = ({ id }: Passkey, name: string) =>
    change(async () => {
      await call('console.renamePasskey', { params: { passkeyId: id }, body: { name } })
      return null
    })
  const remove = ({ id }: Passkey) =>
    change(async () => {
      await call('console.removePasskey', { params: { passkeyId: id }, body: {} })
      return null
    })
  return (
    <div class="page">
      <Show
        when={page.error === undefined}
        fallback={<Trouble fault={faultOf(page.error)} onRetry={() => void refetch()} />}
      >
        <Show when={page.latest}>
          {(shown) => (
            <Security
              page={shown()}
              trouble={trouble()}
              isWorking={isWorking()}
              onAdd={add}
              onRename={rename}
              onRemove={remove}
            />
          )}
        </Show>
      </Show>
    </div>
  )
}
