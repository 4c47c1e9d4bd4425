import { demoDesk } from './demo/demo';
import type { Desk } from './desk';
import { redmineDesk } from './redmine/redmine';
import { rtDesk } from './rt/rt';

/** The desk that this run is about: CSO_DESK, `demo` where it is not set. */
export function chosenDesk(): Desk {
  const name = process.env.CSO_DESK ?? 'demo';
  if (name === 'demo') return demoDesk();
  if (name === 'rt') return rtDesk;
  if (name === 'redmine') return redmineDesk;
  throw new Error(`CSO_DESK is "${name}"; it must be demo, rt or redmine.`);
}
