import { describe, expect, it } from 'vitest';
import { OneByOne } from '../OneByOne';

/** Work that ends when the test says so. */
function pieces() {
  const begun: string[] = [];
  const ends = new Map<string, { well: (value: string) => void; badly: (error: Error) => void }>();
  const piece = (name: string) => () => {
    begun.push(name);
    return new Promise<string>((well, badly) => ends.set(name, { well, badly }));
  };
  return { begun, piece, well: (name: string) => ends.get(name)!.well(name), badly: (name: string) => ends.get(name)!.badly(new Error(name)) };
}

const turn = () => new Promise(setImmediate);

describe('work that goes one by one', () => {
  it('begins when the piece before has ended, in the order in which it came', async () => {
    const { begun, piece, well } = pieces();
    const queue = new OneByOne();
    const results = ['a', 'b', 'c'].map((name) => queue.run(piece(name)));
    for (const name of ['a', 'b', 'c']) {
      await turn();
      expect(begun.at(-1)).toBe(name);
      well(name);
    }
    expect(await Promise.all(results)).toEqual(['a', 'b', 'c']);
    expect(begun).toEqual(['a', 'b', 'c']);
  });

  it('goes on after a piece that failed, which only its own caller hears of', async () => {
    const { begun, piece, well, badly } = pieces();
    const queue = new OneByOne();
    const [first, second] = [queue.run(piece('a')), queue.run(piece('b'))];
    const failure = expect(first).rejects.toThrow('a');
    await turn();
    badly('a');
    await failure;
    await turn();
    expect(begun).toEqual(['a', 'b']);
    well('b');
    expect(await second).toBe('b');
  });

  it('goes on after a piece that throws at once', async () => {
    const queue = new OneByOne();
    const failure = expect(
      queue.run(() => {
        throw new Error('at once');
      }),
    ).rejects.toThrow('at once');
    expect(await queue.run(async () => 'next')).toBe('next');
    await failure;
  });
});
