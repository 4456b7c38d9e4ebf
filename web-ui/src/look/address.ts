/**
 * How filters stand in the address: `?kind=ssh&label=env=a&label=team=b`, plain text and nothing else, so that people
 * can write them by hand and `123` stays text.
 */
export function parseSearch(search: string): Record<string, string | string[]> {
  const parameters = new URLSearchParams(search);
  const entries = [...new Set(parameters.keys())].map((name) => {
    const values = parameters.getAll(name);
    return [name, values.length === 1 ? values[0] : values];
  });
  return Object.fromEntries(entries);
}

export function stringifySearch(search: Record<string, unknown>): string {
  const parameters = new URLSearchParams();
  for (const [name, values] of Object.entries(search)) {
    for (const value of [values].flat()) {
      if (value !== undefined && value !== null && value !== "") {
        parameters.append(name, String(value));
      }
    }
  }
  return parameters.size > 0 ? `?${parameters}` : "";
}

/** The text, or undefined when there is none. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** All texts that were given, or undefined when there is none. */
export function textsOf(value: unknown): string[] | undefined {
  const texts = [value].flat().filter((one): one is string => typeof one === "string" && one !== "");
  return texts.length > 0 ? texts : undefined;
}

/** The value if it is one of those allowed; anything else in an address is ignored. */
export function oneOf<T extends string>(allowed: readonly T[], value: unknown): T | undefined {
  return allowed.find((one) => one === value);
}
