import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Figures, KillLoop } from '../../kill/loop';
import { Random } from '../../simulation/random';
import { Session } from '../harness/session';

// A sample; `npm run kill` asks for more.
const workers = Number(process.env.CSO_WORKER_KILLS ?? 20);
const browsers = Number(process.env.CSO_BROWSER_KILLS ?? 1);
const seed = Number(process.env.CSO_SEED ?? Math.floor(Math.random() * 1_000_000));
const PROGRESS_MS = 10_000;

let session: Session;
beforeAll(async () => {
  session = await Session.start({ clock: true });
});
afterAll(() => session?.close());

test(
  `R13: killed ${workers} times as a worker and ${browsers} times as a browser, it loses, tears, doubles and forgets nothing`,
  async () => {
    let toldAt = Date.now();
    const words = ({
      workerKills,
      browserKills,
      commands,
      acknowledged,
      answersLost,
      timersFired,
      messagesSent,
      browserLost,
    }: Figures) =>
      `${workerKills} worker kills, ${browserKills} browser kills; ${commands} commands, ${acknowledged} acknowledged, ` +
      `${answersLost} answers lost; ${timersFired} timers fired, ${messagesSent} messages sent` +
      browserLost.map((what) => `; the browser itself lost at ${what}`).join('');
    const loop = new KillLoop(session, new Random(seed), (figures) => {
      if (Date.now() - toldAt < PROGRESS_MS) return;
      toldAt = Date.now();
      console.log(words(figures));
    });
    const figures = await loop.run({ workers, browsers });
    console.log(`Seed ${seed}: ${words(figures)}`);
    expect(figures.faults).toEqual([]);
    expect(figures).toMatchObject({ workerKills: workers, browserKills: browsers });
  },
  // At most so long for each.
  120_000 + workers * 5_000 + browsers * 60_000,
);
