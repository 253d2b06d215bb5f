/** Quoted text. Template literals are left in: they can hold code. */
const LITERALS = /(['"])(?:\\[^]|(?!\1)[^\\])*\1/g;
const NAMES =
  '(?:constructor|__proto__|prototype|getPrototypeOf|setPrototypeOf|Reflect|__defineGetter__|__defineSetter__|__lookupGetter__|__lookupSetter__)';
const QUOTED_MEMBER = new RegExp(`\\[\\s*(['"\`])(${NAMES})\\1\\s*\\]`);
const WORD = new RegExp(`(?<![\\w$])${NAMES}(?![\\w$])`);
const ESCAPED_NAME = /\\u/;

/**
 * Refuses expressions that walk to constructors or prototypes. The engines keep such code in their sandboxes anyway;
 * this gives the author a clear answer before anything runs.
 *
 * @throws Error naming the member
 */
export function assertSafeSource(source: string): void {
  const quoted = QUOTED_MEMBER.exec(source)?.[2];
  const code = source.replace(LITERALS, '""');
  const name = quoted ?? WORD.exec(code)?.[0] ?? (ESCAPED_NAME.test(code) ? '\\u' : undefined);
  if (name !== undefined) {
    throw new Error(`"${name}" is not allowed in an expression`);
  }
}
