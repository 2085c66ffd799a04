import { StepPage } from './components/StepPage.tsx'
import { usePageCopy } from './copy/pages.ts'
import type { Language } from './copy/index.ts'
import './later-styles.ts'
import type { Visit } from './visit.ts'

/** For people who come without a link: what they have, and where it leads. */
export const FrontDoor = (props: { visit: Visit; language: Language }) => {
  const pages = usePageCopy(() => props.language)
  const words = () => pages().door
  return (
    <StepPage heading={words().heading}>
      <h2>{words().link[0]}</h2>
      <p>{words().link[1]}</p>
      <h2>{words().locked[0]}</h2>
      <p>{words().locked[1]}</p>
      <a class="button main" href="/help">
        {words().help}
      </a>
      <h2>{words().called[0]}</h2>
      <p>{words().called[1]}</p>
    </StepPage>
  )
}
