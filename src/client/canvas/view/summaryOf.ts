import type { Config, FlowNode } from '../../document/types';
import type { KindContext, NodeKind } from '../../registry/kinds';

const MAX_PARTS = 2;
const MAX_LENGTH = 60;

/** One line that says what a node does; null when it is not configured. Types of extensions rarely bring their own. */
export function summaryOf(node: FlowNode, kind: NodeKind | undefined, context: KindContext): string | null {
  if (!kind) return null;
  if (kind.summary) return guarded(() => kind.summary!(node.config, context));
  return textsOf(node.config).slice(0, MAX_PARTS).join(' · ') || (isEmpty(node.config) ? null : (kind.description ?? ''));
}

/** Summaries of extensions may throw on configs that they never wrote. */
function guarded(summary: () => string | null): string | null {
  try {
    return summary();
  } catch {
    return null;
  }
}

const isEmpty = (config: Config) => Object.values(config).every((value) => value == null || value === '');

/** Texts at the top of a config that people would recognise, variables by their last name. */
function textsOf(config: Config): string[] {
  return Object.values(config)
    .filter((value) => typeof value === 'string')
    .map((text) => text.replace(/{{\s*[^{}]*?([^.{}\s]+)\s*}}/g, '$1').replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').trim())
    .filter((text) => text.length > 1)
    .map((text) => (text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text));
}
