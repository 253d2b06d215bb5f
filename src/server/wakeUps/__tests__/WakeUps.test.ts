import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WakeUps, type WakeUpChannel } from '../WakeUps';

class TestChannel implements WakeUpChannel {
  readonly name = 'a channel';
  isOpen = true;
  isBroken = false;
  sent = 0;
  async open(): Promise<void> {}
  async close(): Promise<void> {}
  async send(): Promise<void> {
    if (this.isBroken) throw new Error('gone');
    this.sent += 1;
  }
}

describe('telling other processes', () => {
  const log = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
  let hasTime: boolean;
  let channel: TestChannel;
  let wakeUps: WakeUps;

  beforeEach(async () => {
    vi.useFakeTimers();
    vi.clearAllMocks();
    hasTime = false;
    channel = new TestChannel();
    wakeUps = new WakeUps({ log, hasTime: () => hasTime, now: () => Date.now() });
    await wakeUps.open([channel], undefined);
  });
  afterEach(() => vi.useRealTimers());

  it('the first event at once, those that follow share a message', async () => {
    for (let i = 0; i < 10; i += 1) wakeUps.announce();
    expect(channel.sent).toBe(1);
    await vi.advanceTimersByTimeAsync(100);
    expect(channel.sent).toBe(2);
    wakeUps.announce();
    expect(channel.sent).toBe(3);
  });

  it('nobody while this process has time itself, or the channel is closed', async () => {
    hasTime = true;
    wakeUps.announce();
    hasTime = false;
    channel.isOpen = false;
    wakeUps.announce();
    await vi.advanceTimersByTimeAsync(100);
    expect(channel.sent).toBe(0);
  });

  it('a broken channel is reported once, and again only after it has worked', async () => {
    const announceFor = async (times: number) => {
      for (let i = 0; i < times; i += 1) {
        wakeUps.announce();
        await vi.advanceTimersByTimeAsync(100);
      }
    };
    channel.isBroken = true;
    await announceFor(5);
    expect(log.warn).toHaveBeenCalledTimes(1);
    channel.isBroken = false;
    await announceFor(1);
    channel.isBroken = true;
    await announceFor(2);
    expect(log.warn).toHaveBeenCalledTimes(2);
  });

  it('sends nothing after it was closed', async () => {
    wakeUps.announce();
    wakeUps.announce();
    await wakeUps.close();
    await vi.advanceTimersByTimeAsync(100);
    wakeUps.announce();
    expect(channel.sent).toBe(1);
  });

  it('a channel that does not open is left out', async () => {
    const broken = new TestChannel();
    broken.open = () => Promise.reject(new Error('no'));
    await wakeUps.open([broken], undefined);
    wakeUps.announce();
    expect([channel.sent, broken.sent]).toEqual([1, 0]);
    expect(log.warn).toHaveBeenCalledTimes(1);
  });
});
