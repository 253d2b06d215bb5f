import type { Application } from '@nocobase/server';

interface Gauge {
  addCallback(callback: (result: { observe(value: number): void }) => void): void;
}

/** Publishes how many events are being stored, where the host has a meter. */
export function observePendingEvents({ telemetry }: Application, count: () => number): void {
  const meter = telemetry?.metric?.getMeter?.() as { createObservableGauge(name: string): Gauge } | undefined;
  meter?.createObservableGauge('workflow.events.counter').addCallback((result) => result.observe(count()));
}
