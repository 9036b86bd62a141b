/** A table. What would end a cell is escaped. */
export function table(head, rows) {
  const cell = (value) => String(value).replace(/[\\|]/g, '\\$&').replace(/\s+/g, ' ');
  const line = (cells) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), `|${head.map(() => ' --- |').join('')}`, ...rows.map(line)].join('\n');
}
