// Colours: where the output is a terminal that has them. NO_COLOR and FORCE_COLOR are known to Node.

const has = (stream) => (process.env.FORCE_COLOR ? !['0', 'false'].includes(process.env.FORCE_COLOR) : Boolean(stream.isTTY && stream.hasColors?.()));

const paint = (stream, open, close) => (text) => (has(stream) && !process.env.NO_COLOR ? `\u001b[${open}m${text}\u001b[${close}m` : `${text}`);

export const style = {
  good: paint(process.stdout, 32, 39),
  bad: paint(process.stdout, 31, 39),
  open: paint(process.stdout, 33, 39),
  bold: paint(process.stdout, 1, 22),
  dim: paint(process.stdout, 2, 22),
  error: paint(process.stderr, 31, 39),
};

/** A decision in the color of what it means for the caller. */
export function decisionStyle(decision) {
  if (decision === 'Allow') return style.good;
  return decision === 'Depends' ? style.open : style.bad;
}
