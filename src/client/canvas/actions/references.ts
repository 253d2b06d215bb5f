import type { FlowDocument, FlowNode, NodeKey } from '../../document/types';

const texts = new WeakMap<object, string>();

/** Config as text; made once for every config. */
export function configText(config: object): string {
  let text = texts.get(config);
  if (text === undefined) {
    text = JSON.stringify(config);
    texts.set(config, text);
  }
  return text;
}

/** Nodes outside of `keys` that use the result or the scope of one of them. */
export function usersOf(document: FlowDocument, keys: ReadonlySet<NodeKey>): FlowNode[] {
  const wanted = [...keys].flatMap((key) => [`$jobsMapByNodeKey.${key}`, `$scopes.${key}`]);
  return [...document.nodes.values()].filter((node) => {
    if (keys.has(node.key)) return false;
    const text = configText(node.config);
    return wanted.some((variable) => mentions(text, variable));
  });
}

/** The variable as a whole: `…abc` is not mentioned by `…abcd`. */
function mentions(text: string, variable: string): boolean {
  for (let at = text.indexOf(variable); at >= 0; at = text.indexOf(variable, at + 1)) {
    if (!/[\w-]/.test(text[at + variable.length] ?? '')) return true;
  }
  return false;
}
