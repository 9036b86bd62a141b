/** As much of a tree and a file of unified as the plugin needs, so that their types need not be there. */
interface Node {
  type: string;
}
interface VFile {
  fail(reason: string, place?: unknown): never;
}

/**
 * A plugin of remark, for MDX too: fences with the word `admittance` become `<admittance-decision>` with the
 * decision in words for readers without scripts. An example that cannot be decided, or that states another
 * decision, fails the build with its place.
 */
export default function admittance(): (tree: Node, file: VFile) => void;
