import fc from 'fast-check';
import { addNote, canMove, editNote, insertNode, moveNodes, removeBranch, removeNode, removeNodes, removeNote, renameNode, renumberBranches, setTrigger, updateConfig } from '..';
import type { FlowDocument, FlowNode, Place } from '../types';

export type Command = (document: FlowDocument) => FlowDocument;

let serial = 0;

const pick = <T>(list: readonly T[], at: number): T | undefined => list[at % Math.max(1, list.length)];
const nodesOf = (document: FlowDocument): FlowNode[] => [...document.nodes.values()];

/** One of all places of a document; even numbers that no branch has yet. */
const placeOf = (document: FlowDocument, at: number): Place => {
  const node = pick([null, ...nodesOf(document)], at);
  return node ? { upstream: node.key, branch: at % 3 === 0 ? null : at % 5 } : { upstream: null, branch: null };
};

const numbers = fc.tuple(fc.nat(9_999), fc.nat(9_999), fc.nat(9_999));

const edit = (make: (document: FlowDocument, a: number, b: number, c: number) => FlowDocument) =>
  numbers.map(([a, b, c]): Command => (document) => make(document, a, b, c));

/** Any command, possible in any document: the numbers choose among what is there. */
export const anyCommand: fc.Arbitrary<Command> = fc.oneof(
  edit((document, a, b) =>
    insertNode(document, {
      place: placeOf(document, a),
      node: { key: `x${serial++}`, type: 'echo', title: 'New', config: { b } },
      moveDownstreamTo: b % 4 === 0 ? b % 3 : null,
    }),
  ),
  edit((document, a, b) => {
    const node = pick(nodesOf(document), a);
    if (!node) return document;
    const branch = pick(nodesOf(document).filter(({ upstream, branch: index }) => upstream === node.key && index !== null), b);
    return removeNode(document, { key: node.key, keepBranch: b % 2 ? branch?.branch : null });
  }),
  edit((document, a, b, c) => {
    const keys = nodesOf(document).filter((_, i) => i === a % document.nodes.size || (i + b) % 7 === 0).map(({ key }) => key);
    const place = placeOf(document, c);
    return keys.length && canMove(document, keys, place) ? moveNodes(document, { keys, place }) : document;
  }),
  edit((document, a, b) => {
    const keys = nodesOf(document).filter((_, i) => (i + a) % 11 === 0 || i === b).map(({ key }) => key);
    return keys.length ? removeNodes(document, { keys }) : document;
  }),
  edit((document, a, b) => {
    const node = pick(nodesOf(document), a);
    return node ? updateConfig(document, { key: node.key, config: { ...node.config, value: b } }) : document;
  }),
  edit((document, a, b) => {
    const node = pick(nodesOf(document), a);
    return node ? renameNode(document, { key: node.key, title: `Title ${b}` }) : document;
  }),
  edit((document, a, b) => {
    const node = pick(nodesOf(document), a);
    return node ? removeBranch(document, { key: node.key, branch: b % 4, shift: b % 2 === 0 }) : document;
  }),
  edit((document, a) => {
    const node = pick(nodesOf(document), a);
    return node ? renumberBranches(document, { key: node.key, to: (index) => 9 - index }) : document;
  }),
  edit((document, a) => setTrigger(document, { config: { a } })),
  edit((document, a, b) => {
    const note = pick(document.notes, a);
    if (b % 3 === 0 || !note) return addNote(document, { id: `note${serial++}`, at: pick(nodesOf(document), b)?.key ?? null, text: `${a}` });
    return b % 3 === 1 ? editNote(document, { id: note.id, text: `${b}` }) : removeNote(document, { id: note.id });
  }),
);
