import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { freePort } from '../../scripts/lib/host.mjs';
import { waitFor } from './waitFor';

/**
 * Whether this machine has a redis-server.
 * @throws Error in CI, where nothing may be left out
 */
export function hasRedis(): boolean {
  const isThere = spawnSync('redis-server', ['--version']).status === 0;
  if (!isThere && process.env.CI) throw new Error('CI needs redis-server');
  if (!isThere) console.warn('Left out: what needs Redis (install redis-server).');
  return isThere;
}

/** A Redis of one test, in memory, that may be stopped and started again on its port. */
export class RedisServer {
  private process: ChildProcess | undefined;

  private constructor(private readonly port: number) {}

  static async start(): Promise<RedisServer> {
    const server = new RedisServer(await freePort());
    await server.start();
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    this.process = spawn('redis-server', ['--port', String(this.port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], {
      stdio: 'ignore',
    });
    await waitFor(() => this.ask('PING').then((answer) => answer.startsWith('+PONG'), () => false), { what: 'Redis to answer' });
  }

  /** kill -9: everything it held is gone. */
  async kill(): Promise<void> {
    const child = this.process;
    this.process = undefined;
    if (child && child.exitCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  }

  /** Sends one command without arguments that need quoting. @returns the first bytes of the answer */
  async ask(command: string): Promise<string> {
    const socket = connect(this.port, '127.0.0.1');
    try {
      await once(socket, 'connect');
      socket.write(`${command}\r\n`);
      const [data] = (await once(socket, 'data')) as [Buffer];
      return data.toString();
    } finally {
      socket.destroy();
    }
  }
}
