/** As much of markdown-it as the plugin needs, so that its types need not be there. */
interface MarkdownIt {
  renderer: { rules: Record<string, unknown> };
  utils: { escapeHtml(text: string): string };
}

/**
 * A plugin of markdown-it: fences with the word `admittance` become `<admittance-decision>` with the decision in
 * words for readers without scripts. An example that cannot be decided, or that states another decision, throws
 * with its line.
 */
export default function admittance(md: MarkdownIt): void;
