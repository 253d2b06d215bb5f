/**
 * antd writes thousands of CSS rules into the page, and jsdom compares each of them with an element and all its parents
 * whenever Testing Library asks whether a button can be seen. That was two thirds of the time of these tests. Only
 * rules that can change the answer stay: what is shown, what is visible, what takes a click.
 */
const DECISIVE = /^\s*(display|visibility|pointer-events)\s*:/;

/** `at` is just behind an opening brace. @returns the place behind the brace that closes it */
function afterBlock(css: string, at: number): number {
  for (let depth = 1; depth && at < css.length; at++) {
    if (css[at] === '{') depth++;
    else if (css[at] === '}') depth--;
  }
  return at;
}

/** jsdom leaves rules inside of `@media` and the like alone, but for those that name the screen; antd has none. */
export function decisiveRules(css: string): string {
  let kept = '';
  for (let start = 0; ; ) {
    const open = css.indexOf('{', start);
    if (open < 0) return kept;
    const end = afterBlock(css, open + 1);
    // Statements such as @charset stand before a selector.
    const selector = css.slice(css.lastIndexOf(';', open) >= start ? css.lastIndexOf(';', open) + 1 : start, open).trim();
      const declarations = css.slice(open + 1, end - 1).split(';').filter((declaration) => DECISIVE.test(declaration));
    if (declarations.length && !selector.startsWith('@')) kept += `${selector}{${declarations.join(';')}}`;
    start = end;
  }
}

const { get, set } = Object.getOwnPropertyDescriptor(Element.prototype, 'innerHTML')!;
const written = new WeakMap<Element, string>();

Object.defineProperty(HTMLStyleElement.prototype, 'innerHTML', {
  configurable: true,
  // Whoever compares what is there with what is wanted finds no difference.
  get(this: HTMLStyleElement) {
    return written.get(this) ?? get!.call(this);
  },
  set(this: HTMLStyleElement, css: string) {
    written.set(this, css);
    set!.call(this, decisiveRules(css));
  },
});
