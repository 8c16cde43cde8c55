/** Hosts and paths of addresses that only lead on to the one in a parameter, and tell somebody who followed it. */
const detours: readonly (readonly [host: RegExp, path: RegExp, parameter: readonly string[]])[] = [
  [/^(?:www\.)?google\.[a-z.]{2,6}$/, /^\/url$/, ["q", "url"]],
  [/\.safelinks\.protection\.outlook\.com$/, /^\//, ["url"]],
  [/^(?:l|lm)\.facebook\.com$/, /^\/l\.php$/, ["u"]],
  [/^slack-redir\.net$/, /^\/link$/, ["url"]],
  [/^(?:www\.)?youtube\.com$/, /^\/redirect$/, ["q"]],
];

/** Where a link leads in the end: the address itself, or the one a known detour hides. */
export function plainTarget(href: string): string {
  const text = href.trim();
  if (!/^https?:\/\//i.test(text)) return text;
  let address: URL;
  try {
    address = new URL(text);
  } catch (_notAnAddress) {
    return text;
  }
  const detour = detours.find(([host, path]) => host.test(address.hostname) && path.test(address.pathname));
  const end = detour?.[2].map((name) => address.searchParams.get(name)).find((value) => value !== null);
  return end !== undefined && end !== null && /^https?:\/\//i.test(end) ? end : text;
}
