/** Distances and default sizes in pixels at 100 %. */
export const METRICS = {
  cardWidth: 240,
  cardHeight: 64,
  /** between two cards of a chain; a slot stands in the middle */
  gap: 56,
  /** between a card and the line that leads to its columns, and between their common line and what follows */
  stem: 24,
  /** between two columns */
  columnGap: 48,
  headWidth: 160,
  headHeight: 28,
  endWidth: 72,
  endHeight: 24,
  /** between a column's head or last card and the marker of its end */
  endGap: 40,
  noteWidth: 200,
  noteGap: 24,
  noteLine: 20,
  notePadding: 20,
  noteCharacters: 26,
  collapsedHeight: 32,
  lostHeight: 28,
  /** between the flow and chains that nothing leads to */
  lostGap: 120,
  radius: 8,
  /** how far a loop's line stands out beside its column */
  loopGap: 28,
  margin: 80,
} as const;
