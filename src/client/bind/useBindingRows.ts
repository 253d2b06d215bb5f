import { useEffect, useRef, useState } from 'react';
import { readBindings, type Binding } from './bindings';

export interface Row {
  /** stays with the row when it moves */
  id: string;
  binding: Binding;
}

export interface BindingRows {
  rows: readonly Row[];
  add(): void;
  change(id: string, binding: Binding): void;
  move(id: string, by: number): void;
  /** puts the row to an index */
  place(id: string, index: number): void;
  remove(id: string): void;
}

let made = 0;
const row = (binding: Binding): Row => ({ id: `row-${(made += 1)}`, binding });

const stored = (rows: readonly Row[]) => readBindings(rows.map(({ binding }) => binding));

/**
 * The rows on the screen. Those with a workflow are told to `onChange` at each change; when `value` becomes something else
 * than what was told last, the rows start afresh from it.
 */
export function useBindingRows(value: unknown, onChange: (bindings: Binding[]) => void): BindingRows {
  const [rows, setRows] = useState<readonly Row[]>(() => readBindings(value).map(row));
  const told = useRef(JSON.stringify(readBindings(value)));
  const incoming = JSON.stringify(readBindings(value));

  useEffect(() => {
    if (incoming === told.current) return;
    told.current = incoming;
    setRows((JSON.parse(incoming) as Binding[]).map(row));
  }, [incoming]);

  const set = (next: readonly Row[]) => {
    setRows(next);
    const bindings = stored(next);
    const text = JSON.stringify(bindings);
    if (text === told.current) return;
    told.current = text;
    onChange(bindings);
  };

  const place = (id: string, index: number) => {
    const moving = rows.find((candidate) => candidate.id === id);
    if (!moving) return;
    const others = rows.filter((candidate) => candidate !== moving);
    set([...others.slice(0, index), moving, ...others.slice(index)]);
  };
  return {
    rows,
    place,
    add: () => set([...rows, row({ workflowKey: '', context: '' })]),
    change: (id, binding) => set(rows.map((candidate) => (candidate.id === id ? { id, binding } : candidate))),
    move: (id, by) => place(id, rows.findIndex((candidate) => candidate.id === id) + by),
    remove: (id) => set(rows.filter((candidate) => candidate.id !== id)),
  };
}
