/**
 * The portal's first step in React: the same words, style sheet and client, the same page, the same calls. Kept as text,
 * since React is no dependency of the project: it is installed beside this text when the bench runs.
 */

/** The twin is built with these, pinned. */
export const reactPackages = ['react@19.2.0', 'react-dom@19.2.0'] as const

/** The twin's page. */
export const twinPage = `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8" /><meta name="viewport" content="width=device-width, initial-scale=1" /><title></title></head>
  <body><div id="app"></div><script type="module" src="./twin.jsx"></script></body>
</html>
`

/** The twin's script. `#` leads into the project. */
export const twinScript = `
import { useEffect, useRef, useState } from 'react'
import { createRoot } from 'react-dom/client'
import '#/platform/ui/tokens.css'
import '#/portal/portal.css'
import { createClient, ProblemError } from '#/api/contract/client.ts'
import { portalRoutes, publicRoutes } from '#/api/contract/routes-portal.ts'
import { words as en } from '#/portal/copy/en/index.ts'

const call = createClient({ ...portalRoutes, ...publicRoutes })({ fetch: (...args) => fetch(...args) })
const token = location.hash.slice(1) || null
history.replaceState(null, '', location.pathname)

const isOver = (error) => error instanceof ProblemError && [401, 404, 409].includes(error.problem.status)

const useVisit = () => {
  const [answer, setAnswer] = useState(null)
  const [trouble, setTrouble] = useState(null)
  const [isWorking, setWorking] = useState(false)
  const turn = useRef(0)
  const attempt = async (name, input, mine) => {
    try {
      const result = await call(name, input)
      if (mine !== turn.current) return
      setTrouble(null)
      if (result?.step) setAnswer(result)
      else if (result?.answer) setAnswer(result.answer)
    } catch (error) {
      if (mine !== turn.current) return
      if (!isOver(error)) setTrouble(error instanceof ProblemError ? 'busy' : 'offline')
      else if (name !== 'portal.step') await attempt('portal.step', {}, mine)
      else setTrouble(token === null ? 'no_session' : 'dead_link')
    }
  }
  const go = async (name, input) => {
    const mine = ++turn.current
    setWorking(true)
    await attempt(name, input, mine)
    if (mine === turn.current) setWorking(false)
  }
  const enter = () =>
    token === null ? go('portal.step', {}) : go('public.openLink', { body: { token } })
  return { answer, trouble, isWorking, go, enter }
}

const StepPage = ({ heading, children }) => {
  const ref = useRef(null)
  useEffect(() => ref.current?.focus(), [heading])
  return (
    <main><h1 id="heading" tabIndex={-1} ref={ref}>{heading}</h1>{children}</main>
  )
}

const DigitsField = ({ id, label, length, value, error, onInput }) => {
  const ref = useRef(null)
  useEffect(() => { if (error !== null) ref.current?.focus() }, [error])
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        ref={ref} id={id} className="digits" type="text" inputMode="numeric" autoComplete="off" size={length}
        value={value} aria-invalid={error !== null} aria-describedby={id + '-error'}
        onChange={(event) => onInput(event.target.value.replace(/\\D/g, '').slice(0, length))}
      />
      <p id={id + '-error'} role="alert" className="error">{error}</p>
    </div>
  )
}

const ConfirmNo = ({ digits, isWorking, onConfirm, onBack }) => {
  const [typed, setTyped] = useState('')
  const [isWrong, setWrong] = useState(false)
  const confirm = (event) => {
    event.preventDefault()
    setWrong(typed !== digits)
    if (typed === digits) onConfirm(typed)
  }
  return (
    <form onSubmit={confirm}>
      <p>{en.notMe.story}</p>
      <DigitsField
        id="no-digits" label={en.notMe.label(digits)} length={2} value={typed} error={isWrong ? en.notMe.wrong : null}
        onInput={(value) => { setTyped(value); setWrong(false) }}
      />
      <button className="main danger" disabled={isWorking}>{en.notMe.confirm}</button>
      <button type="button" onClick={onBack}>{en.back}</button>
    </form>
  )
}

const WhoAsks = ({ step, visit, language }) => {
  const [saysNo, setNo] = useState(false)
  const time = new Intl.DateTimeFormat(language, { timeStyle: 'short' }).format(new Date(step.startedAt))
  if (saysNo)
    return (
      <StepPage heading={en.notMe.heading}>
        <ConfirmNo
          digits={step.declineDigits} isWorking={visit.isWorking} onBack={() => setNo(false)}
          onConfirm={(digits) => void visit.go('public.declineLink', { body: { token, digits } })}
        />
      </StepPage>
    )
  return (
    <StepPage heading={en.who.heading}>
      <p>{en.who.story(step, en.purposes[step.purpose], time)}</p>
      {step.ticket && <p className="muted">{en.who.ticket(step.ticket)}</p>}
      <div className="choices">
        <button type="button" className="choice" onClick={() => setNo(true)}>{en.who.no}</button>
        <button
          type="button" className="choice" disabled={visit.isWorking}
          onClick={() => void visit.go('public.openLink', { body: { token } })}
        >{en.who.yes}</button>
      </div>
      <div className="muted small">
        <p>{en.who.looks}</p>
        <ul>{step.looksAt.map((key) => <li key={key}>{en.who.looksAt[key] ?? key}</li>)}</ul>
        <p>{en.who.kept(step.rawDays)}</p>
      </div>
    </StepPage>
  )
}

const Dead = ({ trouble, onRetry }) => (
  <StepPage heading={en.dead[trouble][0]}>
    <p>{en.dead[trouble][1]}</p>
    {(trouble === 'offline' || trouble === 'busy') && (
      <button type="button" className="main" onClick={onRetry}>{en.retry}</button>
    )}
  </StepPage>
)

const App = () => {
  const visit = useVisit()
  const [language, setLanguage] = useState(navigator.languages[0]?.startsWith('de') ? 'de' : 'en')
  useEffect(() => void visit.enter(), [])
  const brand = visit.answer?.brand
  useEffect(() => {
    document.title = en.title
    document.documentElement.lang = language
    if (brand?.accent) document.documentElement.style.setProperty('--brand', brand.accent)
  }, [brand, language])
  const step = visit.answer?.step
  return (
    <>
      <header>
        <span className="name">{brand?.name}</span>
        <select aria-label={en.language} value={language} onChange={(event) => setLanguage(event.target.value)}>
          <option value="en">English</option>
          <option value="de">Deutsch</option>
        </select>
      </header>
      {visit.trouble ? (
        <Dead trouble={visit.trouble} onRetry={() => void visit.enter()} />
      ) : step?.kind === 'who_asks' ? (
        <WhoAsks step={step} visit={visit} language={language} />
      ) : (
        <p role="status">{en.loading}</p>
      )}
      <footer>{brand?.helpdeskPhone && <a href={'tel:' + brand.helpdeskPhone}>{en.helpDesk} {brand.helpdeskPhone}</a>}</footer>
    </>
  )
}

createRoot(document.getElementById('app')).render(<App />)
`
