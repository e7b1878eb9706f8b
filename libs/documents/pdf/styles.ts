/** A face, a size, a distance from line to line (points) and a colour. */
export interface Style {
  readonly font: 'Helvetica' | 'Helvetica-Bold' | 'Helvetica-Oblique';
  readonly size: number;
  readonly leading: number;
  readonly colour: string;
}

const INK = '#1b1f24';
const QUIET = '#5b636d';
const ACCENT = '#1f3a5f';
export const RULE = '#b9c0c9';

export const PRACTICE: Style = { font: 'Helvetica-Bold', size: 15, leading: 19, colour: ACCENT };
export const SMALL: Style = { font: 'Helvetica', size: 8.5, leading: 11.5, colour: QUIET };
export const TITLE: Style = { font: 'Helvetica-Bold', size: 18, leading: 24, colour: INK };
export const SECTION: Style = { font: 'Helvetica-Bold', size: 10.5, leading: 15, colour: ACCENT };
export const LABEL: Style = { font: 'Helvetica', size: 9, leading: 14, colour: QUIET };
export const BODY: Style = { font: 'Helvetica', size: 10, leading: 14, colour: INK };
export const STRONG: Style = { font: 'Helvetica-Bold', size: 10, leading: 14, colour: INK };
export const MARKER: Style = { font: 'Helvetica-Oblique', size: 9.5, leading: 14, colour: QUIET };
