import { render } from 'solid-js/web'
import '#platform/ui/tokens.css'
import '#platform/ui/ui.css'
import './styles/shell.css'
import './styles/list.css'
import './styles/panel.css'
import './styles/people.css'
import './styles/narrow.css'
import './styles/print.css'
import { App } from './App.tsx'
import { speakInitially } from './copy/index.ts'

const root = document.getElementById('app')
if (root) void speakInitially().then(() => render(() => <App />, root))
