// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { decisiveRules } from './lightStyles';

it('keeps what decides whether something can be seen or clicked', () => {
  const css = '@charset "utf-8";.a{color:red;display:none;}.b,.c{color:red}.d{visibility:hidden;pointer-events:none}@media (max-width:9px){.a{display:block}}.e{display:flex}';
  expect(decisiveRules(css)).toBe('.a{display:none}.d{visibility:hidden;pointer-events:none}.e{display:flex}');
});

it('leaves no trace for those who compare', () => {
  const style = document.createElement('style');
  style.innerHTML = '.a{color:red}.b{display:none}';
  document.head.append(style);
  expect(style.innerHTML).toBe('.a{color:red}.b{display:none}');
  expect(style.sheet?.cssRules).toHaveLength(1);
});
