/** A browser with the extension in it, as far as this goes. */
interface Extended {
  evaluateInExtensionPage<T, A>(body: (argument: A) => Promise<T>, argument: A): Promise<T>;
}

/** Asks the background as a page of the extension does; throws where it refuses. */
function ask<T>(browser: Extended, name: string, input: object): Promise<T> {
  return browser.evaluateInExtensionPage(
    async ({ name, input }) => {
      const { runtime } = (globalThis as unknown as { browser?: typeof chrome }).browser ?? chrome;
      const answer = await runtime.sendMessage({ name, input });
      if (!answer?.ok) throw new Error(`${name}: ${JSON.stringify(answer)}`);
      return answer.value;
    },
    { name, input },
  );
}

/**
 * Connects a help desk by what the options page asks of the background, without drawing any of it.
 * @param template name of the case template
 */
export async function connectQuietly(browser: Extended, address: string, template: string): Promise<void> {
  const { siteId } = await ask<{ siteId: string }>(browser, 'sites.connect', { address });
  const templates = await ask<{ id: string; name: string }[]>(browser, 'templates.list', {});
  const templateId = templates.find(({ name }) => name === template)?.id;
  await ask(browser, 'sites.set-template', { siteId, templateId });
}

/** Publishes a next version of a template, as from a file. */
export async function publishQuietly<Template extends object>(
  browser: Extended,
  templateId: string,
  edit: (template: Template) => void,
): Promise<void> {
  const { text } = await ask<{ text: string }>(browser, 'templates.export', { templateId });
  const file: { templates: [Template & { version: number }] } = JSON.parse(text);
  const [template] = file.templates;
  template.version += 1;
  edit(template);
  const reviewed = [{ id: templateId, version: template.version }];
  await ask(browser, 'templates.publish', { text: JSON.stringify(file), note: '', reviewed });
}
