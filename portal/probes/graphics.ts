import { probeLimits, type ProbeReport } from '#domain/risk/probe.ts'

/** Vendor and renderer as WebGL names them; `renderer` null means that there is no WebGL at all. */
export const readGraphics = (): NonNullable<ProbeReport['graphics']> => {
  const gl = document.createElement('canvas').getContext('webgl')
  if (!gl) return { vendor: null, renderer: null }
  const info = gl.getExtension('WEBGL_debug_renderer_info')
  const read = (name: number): string => String(gl.getParameter(name)).slice(0, probeLimits.textChars)
  const found = {
    vendor: read(info?.UNMASKED_VENDOR_WEBGL ?? gl.VENDOR),
    renderer: read(info?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER),
  }
  gl.getExtension('WEBGL_lose_context')?.loseContext()
  return found
}
