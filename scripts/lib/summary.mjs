// How a row of steps ends: failures in full, then one line with the counts.

/** @typedef {() => Promise<import('./steps.mjs').Outcome>} Step */

/** More are slower than their sum: two processors are busy with three, which wait now and then. */
const BESIDE_ONE_ANOTHER = 3;

/**
 * Runs steps one after the other and ends the process: code 0 when nothing failed, else 1. The last line is
 * `N passed, N failed`.
 * @param {(Step | Step[])[]} steps a step, or several that run beside one another; those that take longest come first
 */
export async function finish(steps) {
  const outcomes = [];
  for (const step of steps) {
    const waiting = [step].flat();
    const inTurn = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) outcomes.push(await outcomeOf(next));
    };
    await Promise.all(Array.from({ length: BESIDE_ONE_ANOTHER }, inTurn));
  }
  const failures = outcomes.flatMap((outcome) => outcome.failures);
  for (const failure of failures) console.log(`\nFAILED ${failure}`);
  const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0);
  console.log(`\n${passed} passed, ${failures.length} failed`);
  process.exitCode = failures.length === 0 ? 0 : 1;
}

async function outcomeOf(step) {
  const outcome = await step().catch((error) => ({
    name: 'step',
    passed: 0,
    failures: [String(error.stack ?? error)],
  }));
  const { name, passed, failures } = outcome;
  console.log(`${failures.length === 0 ? 'ok  ' : 'FAIL'} ${name}: ${passed} passed, ${failures.length} failed`);
  return outcome;
}
