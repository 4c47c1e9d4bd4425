import type { Plugin } from 'vite';

/**
 * Tells Chromium to compile a script's functions with it, instead of each when it is first called, after having looked
 * through it in vain. Most of the first stage is called on every page; the panel's code, most of which is for screens that
 * are not opened, would take longer for it.
 */
const COMPILE_ALL = '//# allFunctionsCalledOnLoad\n';

/**
 * What is injected into pages, without what WXT wraps around it: plugins, of which there are none, and a logger that says
 * nothing in a release. Every page of a connected site would load that.
 */
export function bareScripts(): Plugin {
  return {
    name: 'bare-scripts',
    transform(code, id) {
      if (!id.includes('virtual:wxt-unlisted-script-entrypoint')) return null;
      const script = /^import definition from (".*");$/m.exec(code)?.[1];
      if (!script) throw new Error('WXT wraps scripts in another way than it did');
      return `import script from ${script};\nexport default script.main();`;
    },
    generateBundle: {
      // After WXT, which looks at how the code begins.
      order: 'post',
      handler(_options, bundle) {
        for (const part of Object.values(bundle))
          if (part.type === 'chunk' && part.isEntry && part.name === 'ticket') part.code = COMPILE_ALL + part.code;
      },
    },
  };
}
