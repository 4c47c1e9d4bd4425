#!/usr/bin/env node
// Stands between Playwright and an ordinary Firefox, and is started in its place. Both speak WebDriver BiDi; two things lack:
// Playwright asks for commands that the extended support release does not know yet (they only set up what these tests do not
// need: answered with "done"), and it does not see pages of extensions. So this also listens for the tests themselves, on a
// port that it writes into the profile's folder:
//   POST /install            installs the unpacked extension in CSO_FIREFOX_EXTENSION
//   POST /call {body, argument}  runs a function in the extension's options page; the answer is what it returns, as JSON
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { WebSocket, WebSocketServer } from 'ws';

const OWN_IDS_FROM = 1_000_000_000;

const { CSO_FIREFOX, CSO_FIREFOX_EXTENSION } = process.env;
const args = process.argv.slice(2);
const profile = args[args.indexOf('--profile') + 1];
const firefox = spawn(CSO_FIREFOX, args, { stdio: ['ignore', 'inherit', 'pipe'] });
firefox.on('exit', (code) => process.exit(code ?? 0));
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => firefox.kill(signal));

let rest = '';
firefox.stderr.on('data', (chunk) => {
  const lines = (rest + chunk).split('\n');
  rest = lines.pop() ?? '';
  for (const line of lines) {
    const address = /WebDriver BiDi listening on (ws:\/\/\S+)/.exec(line)?.[1];
    if (address) bridge(address);
    else process.stderr.write(`${line}\n`);
  }
});

/** @param {string} address where Firefox listens */
function bridge(address) {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 }, () => {
    process.stderr.write(`WebDriver BiDi listening on ws://127.0.0.1:${server.address().port}\n`);
  });
  server.on('connection', (playwright, { url }) => {
    const browser = new WebSocket(address + url, { maxPayload: 256 * 1024 * 1024 });
    const waiting = [];
    playwright.on('message', (data) => {
      if (browser.readyState === WebSocket.OPEN) browser.send(String(data));
      else waiting.push(String(data));
    });
    const answers = new Map();
    browser.on('open', () => {
      for (const text of waiting) browser.send(text);
      listen(browser, answers);
    });
    browser.on('message', (data) => {
      const message = JSON.parse(String(data));
      const own = answers.get(message.id);
      if (own) own(message);
      else if (message.type === 'error' && message.error === 'unknown command')
        playwright.send(JSON.stringify({ type: 'success', id: message.id, result: {} }));
      else playwright.send(String(data));
    });
    browser.on('close', () => playwright.close());
    playwright.on('close', () => browser.close());
  });
}

/** Takes the tests' own requests. */
function listen(browser, answers) {
  let lastId = OWN_IDS_FROM;
  const send = (method, params) =>
    new Promise((resolve, reject) => {
      const id = ++lastId;
      answers.set(id, (message) => {
        answers.delete(id);
        if (message.type === 'success') resolve(message.result);
        else reject(new Error(`${method}: ${message.error} ${message.message}`));
      });
      browser.send(JSON.stringify({ id, method, params }));
    });

  const requests = {
    '/install': () =>
      send('webExtension.install', { extensionData: { type: 'path', path: CSO_FIREFOX_EXTENSION } }).then(() => 'null'),
    async '/call'({ body, argument }) {
      const { contexts } = await send('browsingContext.getTree', {});
      const page = contexts.find(({ url }) => url.startsWith('moz-extension:') && url.includes('/options.html'));
      if (!page) throw new Error('The extension has not opened its options page.');
      const { type, result, exceptionDetails } = await send('script.callFunction', {
        functionDeclaration: `async (json) => JSON.stringify((await (${body})(JSON.parse(json))) ?? null)`,
        arguments: [{ type: 'string', value: JSON.stringify(argument ?? null) }],
        target: { context: page.context },
        awaitPromise: true,
      });
      if (type !== 'success') throw new Error(exceptionDetails.text);
      return result.value;
    },
  };
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    try {
      response.end(await requests[request.url](text === '' ? {} : JSON.parse(text)));
    } catch (error) {
      response.statusCode = 500;
      response.end(String(error));
    }
  }).listen(0, '127.0.0.1', () => writeFileSync(join(profile, 'bridge-port'), String(server.address().port)));
}
