import {
  type CSSVariablesResolver,
  createTheme,
  type MantineColorSchemeManager,
} from '@mantine/core'

/** Mantine's controls in the window's colours: tokens.css decides, this only points there. */
export const theme = createTheme({
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", monospace',
  fontSizes: { xs: '11px', sm: '12px', md: '13px', lg: '15px', xl: '22px' },
  lineHeights: { xs: '14px', sm: '16px', md: '18px', lg: '20px', xl: '28px' },
  defaultRadius: '6px',
  focusRing: 'auto',
  cursorType: 'default',
  respectReducedMotion: true,
})

const pointers = {
  '--mantine-color-body': 'var(--panel)',
  '--mantine-color-text': 'var(--text)',
  '--mantine-color-bright': 'var(--text)',
  '--mantine-color-dimmed': 'var(--sec)',
  '--mantine-color-placeholder': 'var(--sec)',
  '--mantine-color-default': 'var(--raise)',
  '--mantine-color-default-hover': 'var(--fill)',
  '--mantine-color-default-color': 'var(--text)',
  '--mantine-color-default-border': 'var(--hair)',
  '--mantine-color-error': 'var(--danger)',
  '--mantine-color-anchor': 'var(--focus)',
  '--mantine-primary-color-filled': 'var(--focus)',
  '--mantine-primary-color-filled-hover': 'var(--focus-hover)',
  '--mantine-primary-color-contrast': 'var(--onfocus)',
}

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: pointers,
  dark: pointers,
})

/** The shell sets the theme of the whole application; the page follows `prefers-color-scheme`. */
export const followSystem: MantineColorSchemeManager = {
  get: () => 'auto',
  set: () => undefined,
  subscribe: () => undefined,
  unsubscribe: () => undefined,
  clear: () => undefined,
}
