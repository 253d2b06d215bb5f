import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** One letter of `LossyMail.cjs`. */
interface Letter {
  to: 'hello' | 'one' | 'all';
}

/** Between the processes of a fleet: loses, doubles, delays and so reorders what they tell each other. */
export class BadMail {
  readonly counts = { passed: 0, dropped: 0, doubled: 0, delayed: 0 };
  private readonly socket = createSocket('udp4');
  private readonly receivers = new Set<number>();
  private readonly late = new Set<NodeJS.Timeout>();

  private constructor(private readonly random: () => number) {
    this.socket.on('message', (bytes, { port }) => {
      const { to } = JSON.parse(bytes.toString()) as Letter;
      if (to === 'hello') this.receivers.add(port);
      else this.forward(bytes, to);
    });
  }

  static async start(random: () => number): Promise<BadMail> {
    const mail = new BadMail(random);
    mail.socket.bind(0, '127.0.0.1');
    await once(mail.socket, 'listening');
    return mail;
  }

  get port(): number {
    return this.socket.address().port;
  }

  /** What is still on its way is lost. */
  close(): void {
    this.late.forEach(clearTimeout);
    this.socket.close();
  }

  private forward(bytes: Buffer, to: 'one' | 'all'): void {
    const all = [...this.receivers];
    const chosen = all[Math.floor(this.random() * all.length)];
    const ports = to === 'all' ? all : chosen === undefined ? [] : [chosen];
    for (const port of ports) {
      const fate = this.random();
      if (fate < 0.1) {
        this.counts.dropped += 1;
        continue;
      }
      const isDoubled = fate < 0.2;
      if (isDoubled) this.counts.doubled += 1;
      for (let copy = 0; copy < (isDoubled ? 2 : 1); copy += 1) this.deliver(bytes, port);
    }
  }

  private deliver(bytes: Buffer, port: number): void {
    // A process that is gone is one more way to lose a letter.
    const send = () => this.socket.send(bytes, port, '127.0.0.1', () => undefined);
    this.counts.passed += 1;
    if (this.random() > 0.3) return send();
    this.counts.delayed += 1;
    const timer = setTimeout(() => {
      this.late.delete(timer);
      send();
    }, this.random() * 30_000);
    this.late.add(timer);
  }
}
