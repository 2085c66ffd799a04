import type { Component } from 'solid-js'
import type { Language } from './copy/index.ts'
import type { Visit } from './visit.ts'

/** A page beside the steps of a verification. */
export type Page = Component<{ visit: Visit; language: Language }>
