import { Component, type ReactNode } from 'react';

interface Props {
  /** shown in place of a card that threw */
  fallback: ReactNode;
  children: ReactNode;
}

/** A card that cannot be drawn stays alone with its trouble. */
export class CardBoundary extends Component<Props, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    return this.state.hasFailed ? this.props.fallback : this.props.children;
  }
}
