/** What to do about a run that failed, by the code of its error. */
const REMEDIES: Record<string, string> = {
  "limit-wall-time": "It ran longer than its time. Do less, or raise the time.",
  "limit-cpu-time": "It computed longer than its time. Do less, or raise the time.",
  "limit-memory": "It needed more than its memory. Keep less, or raise the memory.",
  "limit-output": "It returned more than 1 MiB. Return less.",
  "limit-log": "It logged more than 256 KiB. Log less.",
  "limit-threads": "It started more threads than the runner allows.",
  "limit-disk": "It wrote more than 64 MiB or 10,000 files.",
  "bundle-not-built":
    "Its dependencies cannot be used as they are. Change the line that the message names, and deploy it again.",
  "bundle-unavailable": "The registry of packages did not answer. Try again, or ask the operator.",
  "code-runners-busy": "All places to run code were taken. Try again, or ask for more code runners.",
  "no-code-runner": "The workers know no code runner: the operator sets bascule.runner.targets.",
};

export function remedyFor(code: string): string | undefined {
  return REMEDIES[code];
}
