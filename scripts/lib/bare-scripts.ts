import type { Plugin } from 'vite';

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
  };
}
