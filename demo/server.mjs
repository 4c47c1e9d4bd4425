#!/usr/bin/env node
/** Harbour Desk: a small ticket desk to try things against. `node demo/server.mjs [--port 4310] [--data file] [--host h]` */

import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { apiRoutes } from './api.mjs';
import { createFaults } from './faults.mjs';
import { htmlPage, jsonError, redirect, router, SECURITY_HEADERS, sessionToken } from './http.mjs';
import { problemPage } from './pages.mjs';
import { notFound, problem, siteRoutes } from './site.mjs';
import { openStore } from './store.mjs';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const DEFAULTS = { port: 4310, host: '127.0.0.1', dataFile: join(HERE, '.data', 'desk.json') };

// A prefilled new-ticket link carries a whole message in its address.
const MAX_HEADER_BYTES = 256 * 1024;

const CONTENT_TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

const PUBLIC = join(HERE, 'public');
/** The files that exist are the addresses that exist; nothing typed into an address becomes a path on disk. */
const ASSETS = new Map(readdirSync(PUBLIC).map((name) => [`/assets/${name}`, join(PUBLIC, name)]));

/** @typedef {import('./http.mjs').Reply} Reply */
/** @typedef {import('./http.mjs').Context} Context */

const match = router([...apiRoutes, ...siteRoutes]);

/** @param {string} file @returns {Reply} */
const asset = (file) => ({
  status: 200,
  headers: { 'Content-Type': CONTENT_TYPES[extname(file)] ?? 'application/octet-stream', 'Cache-Control': 'no-cache' },
  body: readFileSync(file),
});

/** @param {Context} context @returns {Reply | Promise<Reply>} */
function answer(context) {
  const { request, url, user } = context;
  const { pathname } = url;
  const reading = request.method === 'GET' || request.method === 'HEAD';
  if (reading && ASSETS.has(pathname)) return asset(ASSETS.get(pathname));

  const isApi = pathname.startsWith('/api/');
  const { route, params, allowed } = match(request.method, pathname);
  if (!route) {
    if (allowed.length === 0) return isApi ? jsonError(404, 'not-found', 'There is nothing here.') : notFound(context);
    const text = `This address does not answer to ${request.method}.`;
    const refused = isApi
      ? jsonError(405, 'method-not-allowed', text)
      : problem(context, 405, { title: 'Not possible here', text });
    return { ...refused, headers: { ...refused.headers, Allow: allowed.join(', ') } };
  }
  if (route.access === 'agent' && !user) {
    if (route.kind === 'api') return jsonError(401, 'sign-in-needed', 'Sign in first.');
    // A form sent after the session ended cannot be sent again from the sign-in page; its ticket can be shown.
    const next = reading ? pathname + url.search : pathname.replace(/\/actions$/, '');
    return redirect(`/login?next=${encodeURIComponent(next)}`);
  }
  return route.handle({ ...context, params });
}

/** @param {string} target @returns {Reply} */
function failure(target) {
  const text = 'Something went wrong on our side.';
  if (target.startsWith('/api/')) return jsonError(500, 'internal', text);
  return htmlPage(problemPage(undefined, { title: 'That did not work', text }), 500);
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {Reply} reply
 */
function send(response, { status, headers = {}, body, transport }) {
  if (transport === 'hang') return;
  if (transport === 'cut') {
    response.destroy();
    return;
  }
  response.writeHead(status, { ...SECURITY_HEADERS, ...headers });
  response.end(body);
}

/**
 * Starts a desk.
 * @param {object} [options]
 * @param {number} [options.port] 0 takes any free port
 * @param {string} [options.dataFile] kept over restarts, seeded when missing
 * @param {string} [options.host]
 * @param {boolean} [options.faults] opens `POST /api/faults`
 * @returns {Promise<{ url: string, port: number, close(): Promise<void> }>} `close` ends open connections too
 * @throws {Error} when the data file is not a desk's, or the port is taken
 */
export async function startDesk({
  port = DEFAULTS.port,
  dataFile = DEFAULTS.dataFile,
  host = DEFAULTS.host,
  faults: faultsEnabled = false,
} = {}) {
  const store = openStore({ dataFile: resolve(dataFile) });
  const faults = createFaults({ enabled: faultsEnabled });

  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES }, async (request, response) => {
    try {
      const address = request.headers.host ?? `${host}:${port}`;
      const origin = URL.canParse(`http://${address}`) ? new URL(`http://${address}`).origin : `http://${host}:${port}`;
      const target = request.url ?? '/';
      // An address like `//elsewhere` would be read as another host.
      const url = new URL(target.startsWith('/') ? origin + target : origin);
      const token = sessionToken(request);
      send(
        response,
        await answer({ request, url, origin, params: {}, store, faults, token, user: store.userOf(token) }),
      );
    } catch (error) {
      // Somebody who hung up in the middle of a request is no fault of ours.
      if (!request.destroyed) console.error(error);
      if (response.headersSent || response.destroyed) response.destroy();
      else send(response, failure(request.url ?? '/'));
    }
  });

  await new Promise((done, failed) => {
    server.once('error', failed);
    server.listen(port, host, () => done(undefined));
  });
  const { port: boundPort } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const shownHost = host.includes(':') ? `[${host}]` : host;
  return {
    url: `http://${shownHost}:${boundPort}`,
    port: boundPort,
    close: () =>
      new Promise((done, failed) => {
        server.close((error) => (error ? failed(error) : done()));
        server.closeAllConnections();
      }),
  };
}

async function main() {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: String(DEFAULTS.port) },
      data: { type: 'string', default: DEFAULTS.dataFile },
      host: { type: 'string', default: DEFAULTS.host },
      faults: { type: 'boolean', default: false },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error('--port must be a number from 0 to 65535.');
  const desk = await startDesk({ port, dataFile: values.data, host: values.host, faults: values.faults });
  console.log(`Harbour Desk on ${desk.url}`);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => desk.close().then(() => process.exit(0)));
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  main().catch((error) => {
    const taken = error.code === 'EADDRINUSE' ? ' Is a desk running already? Try --port 0.' : '';
    console.error(`Harbour Desk could not start: ${error.message}${taken}`);
    process.exitCode = 1;
  });
}
