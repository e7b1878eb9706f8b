import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

/** The house's green, light to dark. Shade 8 on white and shade 4 on the dark ground have a contrast above 4.5 to 1. */
const river: MantineColorsTuple = [
  '#e9f6f4',
  '#d3ebe7',
  '#a5d7cf',
  '#74c2b6',
  '#4cb0a1',
  '#33a594',
  '#229f8d',
  '#128a79',
  '#0b6f61',
  '#04564b',
];

export const theme = createTheme({
  primaryColor: 'river',
  primaryShade: { light: 8, dark: 8 },
  colors: { river },
  autoContrast: true,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  defaultRadius: 'md',
  respectReducedMotion: true,
  cursorType: 'pointer',
});

/** Where the library's own colours have too little contrast for small text (WCAG 2.2, 1.4.3), ours stand instead. */
export const contrast: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#565d64',
    '--mantine-color-placeholder': '#6a7178',
    '--mantine-color-error': '#b42318',
    '--mantine-color-gray-light-color': '#495057',
    '--mantine-color-blue-light-color': '#11508f',
    '--mantine-color-green-light-color': '#1d5c2b',
    '--mantine-color-yellow-light-color': '#6b4700',
    '--mantine-color-red-light-color': '#a3181f',
  },
  dark: {
    '--mantine-color-anchor': '#74c2b6',
    '--mantine-color-dimmed': '#a9b0b7',
    '--mantine-color-placeholder': '#9098a0',
    '--mantine-color-error': '#ff9c94',
    '--mantine-color-gray-light-color': '#ced4da',
    '--mantine-color-blue-light-color': '#a5d8ff',
    '--mantine-color-green-light-color': '#b2f2bb',
    '--mantine-color-yellow-light-color': '#ffec99',
    '--mantine-color-red-light-color': '#ffc9c9',
  },
});
