// How a row of steps ends: failures in full, then one line with the counts.

/**
 * Runs steps one after the other and ends the process: code 0 when nothing failed, else 1. The last line is
 * `N passed, N failed`.
 * @param {(() => Promise<import('./steps.mjs').Outcome>)[]} steps
 */
export async function finish(steps) {
  const outcomes = [];
  for (const step of steps) {
    const outcome = await step().catch((error) => ({
      name: 'step',
      passed: 0,
      failures: [String(error.stack ?? error)],
    }));
    outcomes.push(outcome);
    const { name, passed, failures } = outcome;
    console.log(`${failures.length === 0 ? 'ok  ' : 'FAIL'} ${name}: ${passed} passed, ${failures.length} failed`);
  }
  const failures = outcomes.flatMap((outcome) => outcome.failures);
  for (const failure of failures) console.log(`\nFAILED ${failure}`);
  const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0);
  console.log(`\n${passed} passed, ${failures.length} failed`);
  process.exitCode = failures.length === 0 ? 0 : 1;
}
