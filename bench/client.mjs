import http from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

const BUSY_TRIES = 20;
const BUSY_PAUSE_MS = 500;

/**
 * A signed-in HTTP client of one host.
 * @param {string} base e.g. `http://127.0.0.1:13000`
 */
export async function createClient(base) {
  const { hostname, port } = new URL(base);
  const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
  let token;

  /** @returns {Promise<{ status: number, body: any }>} */
  function send(method, path, body) {
    const data = body === undefined ? undefined : JSON.stringify(body);
    const headers = { 'Content-Type': 'application/json', 'X-Role': 'root' };
    if (token) headers.Authorization = `Bearer ${token}`;
    if (data) headers['Content-Length'] = Buffer.byteLength(data);
    return new Promise((resolve, reject) => {
      const request = http.request({ hostname, port, method, path: `/api/${path}`, agent, headers }, (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          resolve({ status: response.statusCode, body: text.startsWith('{') ? JSON.parse(text) : text });
        });
      });
      request.on('error', reject);
      request.end(data);
    });
  }

  /** Sends a request that has to succeed; on SQLite stock refuses some while it is busy, and takes them later. */
  async function must(method, path, body) {
    let answer = await send(method, path, body);
    for (let tries = 1; tries < BUSY_TRIES && answer.status === 500 && JSON.stringify(answer.body).includes('SQLITE_BUSY'); tries += 1) {
      await delay(BUSY_PAUSE_MS);
      answer = await send(method, path, body);
    }
    if (answer.status >= 300) {
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 300)}`);
    }
    return answer.body.data;
  }

  token = (await must('POST', 'auth:signIn', { account: 'admin@nocobase.com', password: 'admin123' })).token;
  return { send, must, close: () => agent.destroy() };
}
