import { useRef, useState } from "react";
import type { FunctionVersion, VersionDraft } from "./functions";

/** A version being changed into the next one. */
export interface Draft {
  value: VersionDraft;
  /** True when it differs from the version that it began with. */
  changed: boolean;
  change: (part: Partial<VersionDraft>) => void;
  discard: () => void;
  /** To be called when what was sent is saved as a version: what was typed since becomes a change of that one. */
  saved: (sent: VersionDraft, version: number) => void;
  /** How often it was discarded; an editor that keeps its own text starts again with each. */
  discarded: number;
}

/** What is typed is kept in this tab until it is saved or discarded, also over a reload and a new sign-in. */
export function useDraft(name: string, version: FunctionVersion): Draft {
  const keyOf = (number: number) => `bascule.function-draft.${name}.${number}`;
  const key = keyOf(version.version);
  const original = draftOf(version);
  const [value, setValue] = useState(() => stored(key, original));
  const [discarded, setDiscarded] = useState(0);
  const latest = useRef(value);
  const keep = (next: VersionDraft) => {
    latest.current = next;
    setValue(next);
    store(key, isSame(next, original) ? undefined : next);
  };
  return {
    value,
    changed: !isSame(value, original),
    change: (part) => keep({ ...latest.current, ...part }),
    discard: () => {
      keep(original);
      setDiscarded((times) => times + 1);
    },
    saved: (sent, saved) => {
      store(keyOf(saved), isSame(latest.current, sent) ? undefined : latest.current);
      keep(original);
    },
    discarded,
  };
}

function draftOf({ source, timeoutSeconds, memoryMib, egress, secrets, resources }: VersionDraft): VersionDraft {
  return { source, timeoutSeconds, memoryMib, egress, secrets, resources };
}

function isSame(one: VersionDraft, other: VersionDraft): boolean {
  return JSON.stringify(draftOf(one)) === JSON.stringify(draftOf(other));
}

/** What is not in a kept draft, because the page that kept it did not know of it, is as the version has it. */
function stored(key: string, original: VersionDraft): VersionDraft {
  try {
    const value: object = { ...original, ...JSON.parse(sessionStorage.getItem(key) ?? "null") };
    return isDraft(value) ? draftOf(value) : original;
  } catch {
    return original;
  }
}

/** A browser without room for it, or that forbids it, forgets the draft with the page. */
function store(key: string, draft: VersionDraft | undefined): void {
  try {
    if (draft) {
      sessionStorage.setItem(key, JSON.stringify(draft));
    } else {
      sessionStorage.removeItem(key);
    }
  } catch {
    // What is typed stays on the screen all the same.
  }
}

function isDraft(value: object): value is VersionDraft {
  return (
    "source" in value &&
    typeof value.source === "string" &&
    "timeoutSeconds" in value &&
    typeof value.timeoutSeconds === "number" &&
    "memoryMib" in value &&
    typeof value.memoryMib === "number" &&
    "egress" in value &&
    isTexts(value.egress) &&
    "secrets" in value &&
    isTexts(value.secrets) &&
    "resources" in value &&
    isTexts(value.resources)
  );
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}
