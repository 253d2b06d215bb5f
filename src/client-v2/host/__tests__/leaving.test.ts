// @vitest-environment jsdom
import { createMemoryRouter } from 'react-router-dom';
import { afterEach, expect, it } from 'vitest';
import { guardLeaving } from '../leaving';

const stops: Array<() => void> = [];

afterEach(() => {
  stops.splice(0).forEach((stop) => stop());
});

/** A page that may be left with permission only, and the questions that it has asked. */
function setUp() {
  const router = createMemoryRouter([{ path: '*', element: null }], { initialEntries: ['/editor'] });
  const answers: Array<(mayLeave: boolean) => void> = [];
  const ask = () => new Promise<boolean>((resolve) => answers.push(resolve));
  const world = { isNeeded: true };
  const guard = () => guardLeaving(router, () => world.isNeeded, ask);
  stops.push(guard(), () => router.dispose());
  const settle = () => new Promise(setImmediate);
  return {
    world,
    answers,
    go: async (path: string) => {
      await router.navigate(path);
      await settle();
    },
    answer: async (mayLeave: boolean) => {
      answers.at(-1)!(mayLeave);
      await settle();
    },
    release: () => router.deleteBlocker('workflow-editor'),
    path: () => router.state.location.pathname,
  };
}

it('holds the router until somebody agrees', async () => {
  const { go, answer, answers, path } = setUp();
  await go('/list');
  expect(path()).toBe('/editor');
  await answer(false);
  expect(path()).toBe('/editor');
  await go('/list');
  expect(answers).toHaveLength(2);
  await answer(true);
  expect(path()).toBe('/list');
});

it('asks once at a time, and not when nothing would be lost', async () => {
  const { world, go, answer, answers, path } = setUp();
  await go('/list');
  await go('/other');
  expect(answers).toHaveLength(1);
  await answer(false);
  world.isNeeded = false;
  await go('/list');
  expect(answers).toHaveLength(1);
  expect(path()).toBe('/list');
});

it('goes where somebody wanted to go, although the router holds it no more', async () => {
  const { go, answer, release, path } = setUp();
  await go('/list');
  release();
  await answer(true);
  expect(path()).toBe('/list');
});
