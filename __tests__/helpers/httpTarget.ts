import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  method: string;
  /** with its query */
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Answers a request; `body` is sent as JSON. A promise that never settles leaves the client waiting. */
export type Responder = (request: Received) => { status?: number; body?: unknown } | Promise<{ status?: number; body?: unknown }>;

/** A service outside of the host, in the process of the test: it keeps what it got and answers as the test wants. */
export class HttpTarget {
  readonly received: Received[] = [];
  private readonly server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      const received = { method, path, headers, body: Buffer.concat(chunks).toString() };
      this.received.push(received);
      void this.answer(received, response);
    });
  });

  private constructor(private readonly respond: Responder) {}

  static async start(respond: Responder): Promise<HttpTarget> {
    const target = new HttpTarget(respond);
    target.server.listen(0, '127.0.0.1');
    await once(target.server, 'listening');
    return target;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Requests whose path begins so. */
  to(path: string): Received[] {
    return this.received.filter((request) => request.path.startsWith(path));
  }

  private async answer(received: Received, response: ServerResponse): Promise<void> {
    const { status = 200, body = null } = await this.respond(received);
    response.writeHead(status, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(body));
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
