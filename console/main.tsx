import { render } from 'solid-js/web'
import '../platform/ui/tokens.css'
import '../platform/ui/ui.css'
import './console.css'
import { App } from './App.tsx'
import { speakInitially } from './copy/index.ts'

const root = document.getElementById('app')
if (root) void speakInitially().then(() => render(() => <App />, root))
