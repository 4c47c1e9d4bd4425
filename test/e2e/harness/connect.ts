/** A browser with the extension in it, as far as this goes. */
interface Extended {
  evaluateInExtensionPage<T, A>(body: (argument: A) => Promise<T>, argument: A): Promise<T>;
}

/**
 * Connects a help desk by what the options page asks of the background, without drawing any of it.
 * @param template name of the case template
 */
export function connectQuietly(browser: Extended, address: string, template: string): Promise<void> {
  return browser.evaluateInExtensionPage(
    async ({ address, template }) => {
      const { runtime } = (globalThis as unknown as { browser?: typeof chrome }).browser ?? chrome;
      const ask = async (name: string, input: object) => {
        const answer = await runtime.sendMessage({ name, input });
        if (!answer?.ok) throw new Error(`${name}: ${JSON.stringify(answer)}`);
        return answer.value;
      };
      const { siteId } = await ask('sites.connect', { address });
      const templates: { id: string; name: string }[] = await ask('templates.list', {});
      const templateId = templates.find(({ name }) => name === template)?.id;
      await ask('sites.set-template', { siteId, templateId });
    },
    { address, template },
  );
}
