/** In the order in which they are told apart: later ones call themselves by the names of earlier ones, too. */
const BROWSERS: [RegExp, string][] = [
  [/Edg(?:e|A|iOS)?\//, "Edge"],
  [/OPR\//, "Opera"],
  [/Firefox\/|FxiOS\//, "Firefox"],
  [/Chrome\/|CriOS\//, "Chrome"],
  [/Safari\//, "Safari"],
];
const SYSTEMS: [RegExp, string][] = [
  [/Android/, "Android"],
  [/iPhone|iPad/, "iOS"],
  [/Windows/, "Windows"],
  [/Mac OS X/, "macOS"],
  [/Linux/, "Linux"],
];

/** What people call a browser, from what it calls itself; that itself where it is none we know. */
export function browserName(client: string): string {
  const browser = nameIn(BROWSERS, client);
  const system = nameIn(SYSTEMS, client);
  if (!browser) {
    return client || "unknown";
  }
  return system ? `${browser} on ${system}` : browser;
}

function nameIn(names: [RegExp, string][], client: string): string | undefined {
  return names.find(([pattern]) => pattern.test(client))?.[1];
}
