import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A mail server in the process of the test. Recipients at `refused.example` are refused. */
export class MailTarget {
  /** mails as they came in, headers and all */
  readonly received: string[] = [];
  private readonly server: SMTPServer;

  private constructor(before: (mail: string) => Promise<void> | void) {
    this.server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onAuth: ({ username }, _session, done) => done(null, { user: username }),
      onRcptTo: ({ address }, _session, done) => done(address.endsWith('@refused.example') ? new Error('no such mailbox') : null),
      onData: (stream, _session, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const mail = Buffer.concat(chunks).toString();
          this.received.push(mail);
          void Promise.resolve(before(mail)).then(() => done());
        });
      },
    });
    // a client that is killed in the middle of a session is part of some tests
    this.server.on('error', () => undefined);
  }

  /** @param before what happens between a mail and its acknowledgement */
  static async start(before: (mail: string) => Promise<void> | void = () => undefined): Promise<MailTarget> {
    const target = new MailTarget(before);
    const socket = target.server.listen(0, '127.0.0.1');
    await once(socket, 'listening');
    return target;
  }

  get port(): number {
    return (this.server.server.address() as AddressInfo).port;
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.server.close(resolve));
  }
}
