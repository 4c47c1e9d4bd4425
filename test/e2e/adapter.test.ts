import { describe } from 'vitest';
import { siteAdapters } from '../../core/sites';
import { chosenDesk } from '../desks';
import { adapterSuite } from '../desks/adapter-suite';
import { cookieFetch } from '../desks/cookie-fetch';

const desk = chosenDesk();
const adapter = siteAdapters.find(({ page }) => page.id === desk.name);
if (!adapter) throw new Error(`There is no site adapter ${desk.name}.`);

// The suites stand here by name: tests are listed without being run.
describe('the adapter with the login cookie', () => {
  adapterSuite(desk, async () => {
    const session = cookieFetch();
    await desk.signIn(session);
    return { erin: adapter.api(desk.url, session), nobody: adapter.api(desk.url, cookieFetch()) };
  });
});

const { apiKey } = desk;
if (apiKey !== undefined)
  describe('the adapter with an API key', () => {
    adapterSuite(desk, async () => ({
      erin: adapter.api(desk.url, cookieFetch(), apiKey),
      nobody: adapter.api(desk.url, cookieFetch(), 'f'.repeat(40)),
    }));
  });
