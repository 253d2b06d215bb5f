import { lazy, memo, Suspense, type ComponentType } from 'react';
import { useT } from '../../port/HostPort';
import type { NodeKind } from '../../registry/kinds';
import { useCanvas } from '../state/CanvasContext';
import { CardBoundary } from './CardBoundary';
import { CardBridgeProvider, type CardProps } from './CardBridge';
import { CardFrame } from './NodeCardFrame';

type Foreign = ComponentType<{ data: unknown }>;

const loaded = new WeakMap<object, Foreign>();

/** The component of an extension that draws cards of a kind; its loader is asked once. */
function foreignCard(kind: NodeKind | undefined): Foreign | undefined {
  const card = kind?.card;
  if (!card) return undefined;
  if (card.kind === 'component') return card.Component;
  let component = loaded.get(card.load);
  if (!component) {
    component = lazy(card.load);
    loaded.set(card.load, component);
  }
  return component;
}

/** One node: our card, or the component of an extension, which brings ours in its turn. */
export const NodeCard = memo(function NodeCard(props: CardProps) {
  const scope = useCanvas();
  const t = useT();
  const Foreign = foreignCard(scope.kindOf(props.node));
  if (!Foreign) return <CardFrame {...props} />;
  return (
    <CardBoundary key={props.node.type} fallback={<CardFrame {...props} faultOfCard={t('The card of this node type cannot be drawn')} />}>
      <Suspense fallback={<CardFrame {...props} />}>
        <CardBridgeProvider value={props}>
          <Foreign data={props.node} />
        </CardBridgeProvider>
      </Suspense>
    </CardBoundary>
  );
});
