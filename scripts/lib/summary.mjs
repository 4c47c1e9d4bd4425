// How a row of steps ends: failures in full, then one line with the counts.

/** @typedef {() => Promise<import('./steps.mjs').Outcome>} Step */

/**
 * Runs steps one after the other and ends the process: code 0 when nothing failed, else 1. The last line is
 * `N passed, N failed`.
 * @param {(Step | Step[][])[]} steps a step, or several rows of steps that run beside one another
 */
export async function finish(steps) {
  const outcomes = [];
  const inTurn = async (row) => {
    for (const step of row) {
      if (Array.isArray(step)) await Promise.all(step.map(inTurn));
      else outcomes.push(await outcomeOf(step));
    }
  };
  await inTurn(steps);
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
