const HEX = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i;
const RGBA = /^rgba?\(\s*([\d.]+)[\s,]+([\d.]+)[\s,]+([\d.]+)(?:[\s,/]+([\d.]+))?\s*\)$/i;

function parse(color: string): readonly [r: number, g: number, b: number, alpha: number] | null {
  const hex = HEX.exec(color);
  if (hex) return [parseInt(hex[1]!, 16), parseInt(hex[2]!, 16), parseInt(hex[3]!, 16), 1];
  const rgba = RGBA.exec(color);
  return rgba && [Number(rgba[1]), Number(rgba[2]), Number(rgba[3]), Number(rgba[4] ?? 1)];
}

/**
 * A translucent colour as it looks on a background. Lines that lie on each other, as those of branches do at their
 * beginning and end, would grow darker with every one of them otherwise.
 */
export function opaque(color: string, background: string): string {
  const over = parse(color);
  const under = parse(background);
  if (!over || !under) return color;
  const [alpha] = over.slice(3);
  const mixed = [0, 1, 2].map((channel) => Math.round(over[channel]! * alpha! + under[channel]! * (1 - alpha!)));
  return `rgb(${mixed.join(', ')})`;
}
