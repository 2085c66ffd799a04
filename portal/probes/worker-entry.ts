import { readSurface } from './surface.ts'

postMessage(readSurface())
