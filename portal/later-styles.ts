/*
 * Styles of everything but the first step. The first response carries only its own; the policy allows style sheets made by
 * script objects.
 */
import styles from './later.css?inline'

const sheet = new CSSStyleSheet()
sheet.replaceSync(styles)
document.adoptedStyleSheets.push(sheet)
