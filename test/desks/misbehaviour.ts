import { createServer, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

const HTML = { 'content-type': 'text/html; charset=utf-8' };
const JSON_TYPE = { 'content-type': 'application/json' };

/** How a help desk, or what stands between it and us, misbehaves. `elsewhere`: another address answers. */
const answers = {
  'a page of the network': (response: ServerResponse) =>
    response.writeHead(200, HTML).end('<h1>Welcome to the hotel</h1>'),
  'a login page with 200': (response: ServerResponse) =>
    response.writeHead(200, HTML).end('<form id="login-form" action="/login"><input type="password"></form>'),
  '401': (response: ServerResponse) => response.writeHead(401, JSON_TYPE).end('{"message":"Unauthorized"}'),
  '403': (response: ServerResponse) => response.writeHead(403, HTML).end('<h1>Forbidden</h1>'),
  '429': (response: ServerResponse) => response.writeHead(429, { ...HTML, 'retry-after': '7' }).end('Slow down'),
  '503 in HTML': (response: ServerResponse) => response.writeHead(503, HTML).end('<h1>Maintenance</h1>'),
  'JSON that breaks off': (response: ServerResponse) => response.writeHead(200, JSON_TYPE).end('{"id": 1, "Sub'),
  'JSON of another shape': (response: ServerResponse) => response.writeHead(200, JSON_TYPE).end('{"a":[1,{"b":null}]}'),
  'the JSON value null': (response: ServerResponse) => response.writeHead(200, JSON_TYPE).end('null'),
  'an empty page': (response: ServerResponse) => response.writeHead(200, HTML).end(),
  'a body that breaks off': (response: ServerResponse) => {
    response.writeHead(200, { ...JSON_TYPE, 'content-length': '5000' });
    response.write('{"id": 1,', () => response.destroy());
  },
  'a connection that is reset': (response: ServerResponse) => response.destroy(),
  'no answer': () => undefined,
  'a body without an end': (response: ServerResponse) => {
    response.writeHead(200, HTML);
    const chunk = Buffer.alloc(1_000_000, 'x');
    const more = () => {
      if (!response.destroyed) response.write(chunk, more);
    };
    more();
  },
  elsewhere: (response: ServerResponse) => response.writeHead(200, JSON_TYPE).end('{}'),
} satisfies Record<string, (response: ServerResponse) => unknown>;

export type Misbehaviour = keyof typeof answers;
export const misbehaviours = Object.keys(answers) as Misbehaviour[];

/** A server that misbehaves as it is asked to, over a real connection. */
export class Misbehaving {
  private readonly sockets = new Set<Socket>();
  private readonly server = createServer((request, response) => {
    request.resume();
    const kind = decodeURIComponent((request.url ?? '').slice(1)) as Misbehaviour;
    answers[kind](response);
  });

  async up(): Promise<void> {
    this.server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  async down(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /**
   * A `fetch` whose `nth` request (from 1) is answered by misbehaviour; all others reach the help desk.
   * @param first whether the request reaches the help desk all the same, and only its answer is lost
   */
  fetch(real: typeof globalThis.fetch, nth: number, kind: Misbehaviour, first: 'carried out' | 'lost') {
    const asked = { count: 0, writes: [] as number[] };
    const fetch: typeof globalThis.fetch = async (input, init = {}) => {
      asked.count += 1;
      if ((init.method ?? 'GET') !== 'GET') asked.writes.push(asked.count);
      if (asked.count !== nth) return real(input, init);
      if (first === 'carried out') await (await real(input, init)).arrayBuffer();
      const { port } = this.server.address() as { port: number };
      const response = await globalThis.fetch(`http://127.0.0.1:${port}/${encodeURIComponent(kind)}`, {
        ...init,
        // Nobody wants to wait for the real patience.
        signal: AbortSignal.timeout(kind === 'no answer' ? 100 : 5000),
      });
      const url = kind === 'elsewhere' ? 'https://portal.hotel.test/' : String(input);
      return Object.defineProperty(response, 'url', { value: url });
    };
    return { fetch, asked };
  }
}
