/**
 * Where to go after signing in: the page the person came from, if it is one of ours. Anything that a browser could read
 * as another site leads home instead.
 */
export function destination(wanted: string | undefined): string {
  if (wanted === undefined || !/^\/(?![/\\])/.test(wanted) || wanted.startsWith("/sign-in")) {
    return "/";
  }
  return wanted;
}
