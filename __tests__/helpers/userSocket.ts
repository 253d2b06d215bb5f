import { once } from 'node:events';
import { WebSocket } from 'ws';

/** What the host pushes to the browsers of one user. */
export class UserSocket {
  readonly messages: Array<{ type: string; payload: any }> = [];

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => {
      try {
        this.messages.push(JSON.parse(data.toString()));
      } catch {
        // the host also sends plain texts
      }
    });
  }

  static async open(hostUrl: string, token: string): Promise<UserSocket> {
    const socket = new WebSocket(`${hostUrl.replace(/^http/, 'ws')}/ws?__appName=main`);
    const user = new UserSocket(socket);
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'auth:token', payload: { token, authenticator: 'basic' } }));
    return user;
  }

  /** Payloads of the messages of one type, oldest first. */
  payloads(type: string): any[] {
    return this.messages.filter((message) => message.type === type).map(({ payload }) => payload);
  }

  close(): void {
    this.socket.terminate();
  }
}
