/** What `evaluateInExtensionPage` finds in pages of the extension. */
declare const chrome: typeof import('@wxt-dev/browser').browser;
