import type { Area } from './types';

interface Placed {
  readonly x: number;
  readonly y: number;
  readonly width?: number;
  readonly height?: number;
}

/** What is taller than this is looked at one by one; there is little of it. */
const TALL = 1024;

/** Finds what touches an area: things sorted by their tops, so that few are looked at. */
export class YIndex<T extends Placed> {
  private readonly short: { item: T; order: number }[] = [];
  private readonly tall: { item: T; order: number }[] = [];
  private reach = 0;
  private isSorted = false;

  constructor(private readonly items: readonly T[]) {}

  /** Only when it is first asked, since many a layout is replaced before it is drawn. */
  private sort(): void {
    if (this.isSorted) return;
    this.isSorted = true;
    this.items.forEach((item, order) => {
      const height = item.height ?? 0;
      if (height > TALL) {
        this.tall.push({ item, order });
      } else {
        this.reach = Math.max(this.reach, height);
        this.short.push({ item, order });
      }
    });
    this.short.sort((a, b) => a.item.y - b.item.y);
  }

  /** In the order in which the things were given. */
  within(area: Area): T[] {
    this.sort();
    const found = this.tall.filter(({ item }) => touches(item, area));
    const bottom = area.y + area.height;
    for (let i = this.firstFrom(area.y - this.reach); i < this.short.length; i++) {
      const entry = this.short[i]!;
      if (entry.item.y > bottom) break;
      if (touches(entry.item, area)) found.push(entry);
    }
    return found.sort((a, b) => a.order - b.order).map(({ item }) => item);
  }

  private firstFrom(y: number): number {
    let [low, high] = [0, this.short.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.short[middle]!.item.y < y) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const touches = ({ x, y, width = 0, height = 0 }: Placed, area: Area): boolean =>
  x <= area.x + area.width && x + width >= area.x && y <= area.y + area.height && y + height >= area.y;
