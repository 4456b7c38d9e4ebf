/** The value that a text is as JSON, or why it is none. */
export function parseInput(text: string): { value?: unknown; error?: string } {
  if (text.trim() === "") {
    return { value: {} };
  }
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { error: `This is not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
}

export function writeInput(value: unknown): string {
  return JSON.stringify(value ?? {}, null, 2);
}
