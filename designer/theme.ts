/** The look in Mantine's words (look 2 and 8). Colours come from `ui/tokens.css`; the petrol steps are here because Mantine computes with them. */
import { type ActionIconProps, type ButtonProps, type CSSVariablesResolver, createTheme, type InputProps, type MantineColorsTuple } from '@mantine/core'
import { words } from './words/en.ts'

const petrol: MantineColorsTuple = ['#EFF9FA', '#DCEFF1', '#B5E3E8', '#86DAE3', '#57C4D0', '#2AA5B4', '#0A8093', '#0B6B78', '#095863', '#063F48']

/** Opening and closing of panels and menus. */
const UNFOLD = { duration: 180, transition: 'pop', timingFunction: 'var(--ease)' } as const

/** One filled button a region is petrol, or red when it takes something away; all others are quiet. */
function buttonColours(variant: string, color: string | undefined): Record<string, string> {
  if (variant === 'filled' && color === 'red') {
    return { '--button-bg': 'var(--err)', '--button-hover': 'color-mix(in srgb, var(--err) 85%, var(--ink))', '--button-color': 'var(--panel)' }
  }
  if (variant === 'filled') return { '--button-color': 'var(--on-accent)' }
  if (variant === 'default') return { '--button-bd': '1px solid var(--edge)' }
  if (variant === 'subtle' && color === 'gray') return { '--button-color': 'var(--ink-2)', '--button-hover': 'var(--hover)' }
  return {}
}

/** The one theme of the designer, light and dark. */
export const theme = createTheme({
  fontFamily: 'var(--sans)',
  fontFamilyMonospace: 'var(--mono)',
  fontSizes: { xs: '11.5px', sm: '12px', md: '13px', lg: '14px', xl: '15px' },
  lineHeights: { xs: '1.45', sm: '1.45', md: '1.45', lg: '1.45', xl: '1.45' },
  headings: {
    fontWeight: '600',
    sizes: { h1: { fontSize: '24px', lineHeight: '1.2' }, h2: { fontSize: '20px', lineHeight: '1.2' }, h3: { fontSize: '14px', lineHeight: '1.45' } },
  },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  defaultRadius: 'md',
  shadows: { sm: 'var(--shadow-1)', md: 'var(--shadow-2)', xl: 'var(--shadow-3)' },
  colors: { petrol },
  primaryColor: 'petrol',
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  white: '#FFFFFF',
  black: '#1E1C18',
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  // By name: naming the components themselves would load all of them with the first page.
  components: {
    Button: {
      defaultProps: { size: 'compact-md', variant: 'default' },
      // Mantine writes these beside the element, where a style sheet cannot reach them.
      vars: (_theme: unknown, { variant, color, size }: ButtonProps) => ({
        root: {
          '--button-height': size === 'compact-sm' ? '26px' : '30px',
          '--button-padding-x': size === 'compact-sm' ? '9px' : '11px',
          '--button-fz': size === 'compact-sm' ? '12px' : '13px',
          ...buttonColours(variant ?? 'default', color),
        },
      }),
    },
    ActionIcon: {
      defaultProps: { size: 30, variant: 'subtle', color: 'gray' },
      vars: (_theme: unknown, { variant, color }: ActionIconProps) => ({
        root: {
          ...(variant === 'subtle' && color === 'gray' ? { '--ai-color': 'var(--ink-2)', '--ai-hover': 'var(--hover)', '--ai-hover-color': 'var(--ink)' } : {}),
          ...(variant === 'filled' && color !== 'red' ? { '--ai-color': 'var(--on-accent)' } : {}),
        },
      }),
    },
    Badge: { defaultProps: { variant: 'light', radius: 'sm' } },
    Input: {
      // What people write runs in its own direction.
      defaultProps: { size: 'sm', dir: 'auto' },
      vars: (_theme: unknown, { size, error }: InputProps & { readonly error?: unknown }) => ({
        wrapper: {
          '--input-height': size === 'xs' ? '26px' : '32px',
          '--input-fz': size === 'xs' ? '12px' : '13px',
          '--input-bd': error ? 'var(--err)' : 'var(--field)',
          '--input-bd-focus': 'var(--accent)',
          '--input-bg': 'var(--panel)',
        },
      }),
    },
    // Closed, it would take the direction of its first choice.
    NativeSelect: { defaultProps: { dir: 'ltr' } },
    Kbd: { defaultProps: { size: 'xs' } },
    // The first item has the focus, not a placeholder that belongs in no menu.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false, shadow: 'xl', transitionProps: UNFOLD, position: 'bottom-end' } },
    Modal: { defaultProps: { centered: true, radius: 'xl', padding: 'lg', transitionProps: UNFOLD, overlayProps: { backgroundOpacity: 0.35 } } },
    ModalCloseButton: { defaultProps: { 'aria-label': words.shell.close } },
    // A `header` of its own, outside of any section, would be a second one of the page.
    ModalHeader: { defaultProps: { role: 'presentation' } },
    DrawerCloseButton: { defaultProps: { 'aria-label': words.shell.close } },
    PasswordInput: { defaultProps: { visibilityToggleFocusable: true, visibilityToggleButtonProps: { 'aria-label': words.shell.showTyped } } },
    Popover: { defaultProps: { shadow: 'xl', transitionProps: UNFOLD } },
    SegmentedControl: { defaultProps: { withItemsBorders: false, size: 'sm' } },
    Skeleton: { defaultProps: { animate: false } },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: false } },
  },
})

const fromTokens = {
  '--mantine-color-body': 'var(--page)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink-3)',
  '--mantine-color-placeholder': 'var(--ink-3)',
  '--mantine-color-default': 'var(--panel)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-hover': 'var(--hover)',
  '--mantine-color-default-border': 'var(--field)',
  '--mantine-color-error': 'var(--err)',
  '--mantine-color-success': 'var(--ok)',
  '--mantine-color-anchor': 'var(--accent)',
  '--mantine-primary-color-filled': 'var(--accent)',
  '--mantine-primary-color-filled-hover': 'var(--accent-hover)',
  '--mantine-primary-color-contrast': 'var(--on-accent)',
  '--mantine-primary-color-light': 'var(--accent-soft)',
  '--mantine-primary-color-light-hover': 'var(--accent-soft)',
  '--mantine-primary-color-light-color': 'var(--accent-ink)',
  '--mantine-color-petrol-filled': 'var(--accent)',
  '--mantine-color-petrol-filled-hover': 'var(--accent-hover)',
  '--mantine-color-petrol-light': 'var(--accent-soft)',
  '--mantine-color-petrol-light-hover': 'var(--accent-soft)',
  '--mantine-color-petrol-light-color': 'var(--accent-ink)',
  '--mantine-color-gray-light': 'var(--hover)',
  '--mantine-color-gray-light-hover': 'var(--hover)',
  '--mantine-color-gray-light-color': 'var(--ink-2)',
  '--mantine-color-disabled': 'var(--sunken)',
  '--mantine-color-disabled-color': 'var(--ink-3)',
  '--mantine-color-disabled-border': 'var(--line)',
}

/** Feeds Mantine from the tokens; the tokens themselves change with the theme, so both schemes read the same names. */
export const resolveVariables: CSSVariablesResolver = () => ({ variables: {}, light: fromTokens, dark: fromTokens })
