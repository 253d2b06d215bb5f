import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../paths.mjs';
import { countsOf, failures, passedAgain, withHooks, withSecond, worthAnother } from '../testReport.mjs';

const file = (name: string, assertionResults: object[], message = '') => ({
  name: join(ROOT, name),
  status: assertionResults.some((test) => (test as { status: string }).status === 'failed') || message ? 'failed' : 'passed',
  message,
  assertionResults: assertionResults as never[],
});
const passed = { status: 'passed', fullName: 'a b', failureMessages: [] };
const wrong = { status: 'failed', fullName: 'a c', failureMessages: ['AssertionError: expected 1 to be 2'] };
const late = { status: 'failed', fullName: 'a d', failureMessages: ['Error: Waited 20000 ms in vain'] };

it('counts tests, and a file that does not load as a failure', () => {
  expect(countsOf({ testResults: [file('x.test.ts', [passed, wrong]), file('y.test.ts', [], 'Cannot find module z')] })).toEqual({ passed: 1, failed: 2 });
});

const none = { hooks: {}, unhandled: [] };
const path = (name: string) => join(ROOT, name);

it('tries a file again where something did not come, and none where something was wrong', () => {
  const testResults = [file('x.test.ts', [passed, wrong, late]), file('y.test.ts', [late]), file('w.test.ts', [passed])];
  expect(worthAnother({ testResults }, none, { hooksOnly: false })).toEqual([path('y.test.ts')]);
  expect(worthAnother({ testResults }, none, { hooksOnly: true })).toEqual([]);
});

it('tries a file again whose host did not come up, not one whose hook found something wrong or that does not load', () => {
  const testResults = ['x.test.ts', 'y.test.ts', 'z.test.ts'].map((name) => file(name, [], 'failed'));
  const hooks = { [path('x.test.ts')]: ['Error: Hook timed out in 240000ms.'], [path('y.test.ts')]: ['AssertionError: expected 1 to be 2'] };
  expect(worthAnother({ testResults }, { hooks, unhandled: [] }, { hooksOnly: true })).toEqual([path('x.test.ts')]);
});

it('tries nothing again where much fails, or something that belongs to no test', () => {
  const files = (names: string[]) => ({ testResults: names.map((name) => file(name, [late])) });
  expect(worthAnother(files(['a', 'b', 'c', 'd']), none, { hooksOnly: false })).toEqual([]);
  expect(worthAnother(files(['a']), { hooks: {}, unhandled: ['Error: nobody caught it'] }, { hooksOnly: false })).toEqual([]);
});

it('does not take a counterexample of a property for a matter of time', () => {
  const property = { status: 'failed', fullName: 'a e', failureMessages: ['Error: Property failed after 3 tests'] };
  expect(worthAnother({ testResults: [file('x.test.ts', [property])] }, none, { hooksOnly: false })).toEqual([]);
});

it('shows what a hook threw', () => {
  const report = withHooks({ testResults: [{ ...file('x.test.ts', []), status: 'failed' }] }, { [path('x.test.ts')]: ['Error: no host'] });
  expect(failures(report)).toEqual(['x.test.ts: Error: no host']);
});

it('counts the second attempt in the place of the first, and names what passed with it', () => {
  const first = { testResults: [file('x.test.ts', [passed, late]), file('y.test.ts', [late])] };
  const { testResults, again } = withSecond(first, { testResults: [file('x.test.ts', [passed, { ...late, status: 'passed' }]), file('y.test.ts', [late])] });
  expect(countsOf({ testResults })).toEqual({ passed: 2, failed: 1 });
  expect(again).toEqual(['x.test.ts > a d: Error: Waited 20000 ms in vain']);
});

it('names what passed at the second attempt only', () => {
  const assertionResults = [
    { status: 'passed', fullName: 'a b', failureMessages: [] },
    { status: 'passed', fullName: 'a c', failureMessages: ['Error: too late\n    at x'] },
    { status: 'failed', fullName: 'a d', failureMessages: ['Error: wrong'] },
  ];
  expect(passedAgain({ testResults: [{ name: join(ROOT, 'x.test.ts'), assertionResults }] })).toEqual(['x.test.ts > a c: Error: too late']);
});

it('names what failed, with its last error, and files that do not load', () => {
  const assertionResults = [
    { status: 'passed', fullName: 'a b', failureMessages: ['Error: once'] },
    { status: 'failed', fullName: 'a c', failureMessages: ['Error: first', 'Error: last\n    at x'] },
  ];
  const testResults = [
    { name: join(ROOT, 'x.test.ts'), status: 'failed', assertionResults },
    { name: join(ROOT, 'y.test.ts'), status: 'failed', message: 'Cannot find module z', assertionResults: [] },
    { name: join(ROOT, 'z.test.ts'), status: 'passed', assertionResults: [] },
  ];
  expect(failures({ testResults })).toEqual(['x.test.ts > a c: Error: last\n    at x', 'y.test.ts: Cannot find module z']);
});
