import { describe } from 'vitest';
import { siteAdapters } from '../../core/sites';
import { chosenDesk } from '../desks';
import { cookieFetch } from '../desks/cookie-fetch';
import { misbehaviourSuite } from '../desks/misbehaviour-suite';

const desk = chosenDesk();
const adapter = siteAdapters.find(({ page }) => page.id === desk.name);
if (!adapter) throw new Error(`There is no site adapter ${desk.name}.`);

describe('the adapter with the login cookie', () => {
  const session = cookieFetch();
  let signedIn: Promise<void> | undefined;
  misbehaviourSuite(desk, async (wrap) => {
    signedIn ??= desk.signIn(session);
    await signedIn;
    return adapter.api(desk.url, wrap(session));
  });
});

const { apiKey } = desk;
if (apiKey !== undefined)
  describe('the adapter with an API key', () => {
    misbehaviourSuite(desk, async (wrap) => adapter.api(desk.url, wrap(cookieFetch()), apiKey));
  });
