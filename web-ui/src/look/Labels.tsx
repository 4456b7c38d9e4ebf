import { TagsInput } from "@mantine/core";
import classes from "./Labels.module.css";

export type LabelMap = Record<string, string>;

interface LabelsProps {
  labels: LabelMap | null | undefined;
  /** Called with `key=value` when somebody wants to see only what has this label. */
  onPick?: (label: string) => void;
}

export function Labels({ labels, onPick }: LabelsProps) {
  const pairs = toPairs(labels ?? {});
  if (pairs.length === 0) {
    return <span className={classes.none}>–</span>;
  }
  return (
    <span className={classes.labels}>
      {pairs.map((pair) =>
        onPick ? (
          <button
            key={pair}
            type="button"
            className={classes.label}
            title={`Only ${pair}`}
            onClick={() => onPick(pair)}
          >
            {pair}
          </button>
        ) : (
          <span key={pair} className={classes.label}>
            {pair}
          </span>
        ),
      )}
    </span>
  );
}

interface LabelsInputProps {
  value: string[];
  onChange: (pairs: string[]) => void;
  error?: string;
}

export function LabelsInput({ value, onChange, error }: LabelsInputProps) {
  return (
    <TagsInput
      label="Labels"
      description="For finding and for access rules. Write key=value, then Enter."
      placeholder={value.length === 0 ? "env=production" : undefined}
      value={value}
      onChange={onChange}
      error={error ?? wrongPair(value)}
      splitChars={[",", " "]}
      acceptValueOnBlur
    />
  );
}

export function toPairs(labels: LabelMap): string[] {
  return Object.entries(labels).map(([key, value]) => `${key}=${value}`);
}

export function toLabels(pairs: string[]): LabelMap {
  return Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]));
}

/** What is wrong with the first pair that is none, or undefined. */
export function wrongPair(pairs: string[]): string | undefined {
  const wrong = pairs.find((pair) => pair.indexOf("=") < 1);
  return wrong === undefined ? undefined : `“${wrong}” has no value: write it as key=value`;
}
