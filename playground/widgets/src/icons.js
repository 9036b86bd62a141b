// Small pictures. They never stand alone: words say the same beside them.
import { svg } from './dom.js';

const SHAPES = {
  Allow: () => [
    svg('circle', { cx: 20, cy: 20, r: 18, class: 'icon-fill' }),
    svg('path', { d: 'M12 20.5l5.5 5.5L28.5 14.5', class: 'icon-cut' }),
  ],
  ExplicitDeny: () => [
    svg('path', { d: 'M12.5 2h15L38 12.5v15L27.5 38h-15L2 27.5v-15z', class: 'icon-fill' }),
    svg('path', { d: 'M11.5 20h17', class: 'icon-cut' }),
  ],
  ImplicitDeny: () => [
    svg('circle', { cx: 20, cy: 20, r: 16, class: 'icon-line icon-dashed' }),
    svg('path', { d: 'M13 20h14', class: 'icon-line' }),
  ],
  Depends: () => [
    svg('path', { d: 'M20 1l19 19-19 19L1 20z', class: 'icon-fill' }),
    svg('path', { d: 'M15 16.5c0-6.5 10-6.5 10-.5 0 4-5 4-5 8M20 28.5v.3', class: 'icon-cut icon-thin' }),
  ],
};

const LINES = {
  pass: 'M3 8.5l3.2 3.2L13 4.8',
  fail: 'M4 4l8 8M12 4l-8 8',
  neutral: 'M4 8h8',
  open: 'M5.5 6c0-3.4 5-3.4 5-.3 0 2.1-2.5 2.1-2.5 4.3M8 12.6v.2',
};

/** A decision: a tick in a disc, a bar in an octagon, a question mark in a diamond, a dash in a broken ring. */
export function decisionIcon(decision) {
  const shape = SHAPES[decision] ?? SHAPES.ImplicitDeny;
  return svg('svg', { class: 'decision-icon', viewBox: '0 0 40 40', 'aria-hidden': 'true' }, shape());
}

/** The mark of a line: `pass`, `fail`, `open` or `neutral`. */
export function markIcon(mark) {
  return svg('svg', { class: 'icon', viewBox: '0 0 16 16', 'aria-hidden': 'true' }, svg('path', { d: LINES[mark] }));
}
