import { render } from 'solid-js/web'
import '#platform/ui/tokens.css'
import './portal.css'
import { App } from './App.tsx'
import { openTab } from './tab.ts'

const root = document.getElementById('app')
if (root) {
  const tab = openTab(window)
  render(() => <App path={location.pathname} tab={tab} />, root)
}

// A new link followed in the tab of an old one changes the part after the # only: the page has to begin anew.
addEventListener('hashchange', () => {
  if (location.hash !== '') location.reload()
})
