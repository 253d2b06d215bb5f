import { describe, expect, it } from 'vitest';
import type { FlowNode } from '../../document/types';
import type { KindContext, NodeKind } from '../../registry/kinds';
import { summaryOf } from '../view/summaryOf';

const node = (config: FlowNode['config']): FlowNode => ({ key: 'k', type: 'x', title: '', config, upstream: null, branch: null, downstream: null });
const kind = (more: Partial<NodeKind> = {}) => ({ type: 'x', title: 'X', description: 'Does something', ...more }) as NodeKind;
const context = {} as KindContext;

describe('summary of a card', () => {
  it('is that of the type, where it has one', () => {
    expect(summaryOf(node({ a: 1 }), kind({ summary: ({ a }) => `a is ${String(a)}` }), context)).toBe('a is 1');
  });

  it('is made of recognisable texts for types of extensions, variables by their last name', () => {
    const config = { channel: 'mail', count: 3, to: '{{$context.data.owner.email}}', html: '<p>Hello</p>' };
    expect(summaryOf(node(config), kind(), context)).toBe('mail · email');
  });

  it('falls back to what the type does, and is none while nothing is configured', () => {
    expect(summaryOf(node({ count: 3 }), kind(), context)).toBe('Does something');
    expect(summaryOf(node({ to: '' }), kind(), context)).toBeNull();
  });

  it('survives types that throw', () => {
    const broken = kind({
      summary: () => {
        throw new Error('no such config');
      },
    });
    expect(summaryOf(node({ a: 1 }), broken, context)).toBeNull();
  });
});
