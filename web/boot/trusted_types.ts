// The page's only Trusted Types policy, "app": a script or worker may come from our own folder and nowhere else.
// The headers require it for new Worker() and for the service worker's registration. Main thread.

interface ScriptPolicy {
  createScriptURL(url: string): string;
}
interface PolicyFactory {
  createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): ScriptPolicy;
}

function own_script_url(url: string): string {
  const target = new URL(url, document.baseURI);
  if (target.origin !== location.origin || target.search !== '') {
    throw new TypeError('Only scripts of this site may be run.');
  }
  return target.href;
}

const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes;
// A policy may be created once per page; the module is evaluated once.
const policy = factory?.createPolicy('app', { createScriptURL: own_script_url });

/** `path` is relative to the page. Typed as a string, as the DOM typings know no TrustedScriptURL. */
export function script_url(path: string): string {
  return policy ? policy.createScriptURL(path) : own_script_url(path);
}
