import type { ReactNode } from "react";
import { FilterChip } from "./FilterChip";
import { FilterBar } from "./Page";
import { SearchField } from "./SearchField";

/** A list's filters that are part of a text or labels. */
export interface TextAndLabels {
  q?: string;
  /** Each as `key=value`; what is listed has all of them. */
  label?: string[];
}

interface SearchWithLabelsProps {
  /** What is searched, as its name for those who do not see it. */
  name: string;
  search: TextAndLabels;
  onChange: (change: TextAndLabels) => void;
  /** Other filters. */
  children?: ReactNode;
}

/** A search in which `key=value` asks for a label. */
export function SearchWithLabels({ name, search, onChange, children }: SearchWithLabelsProps) {
  const labels = search.label ?? [];
  return (
    <FilterBar>
      <SearchField
        label={name}
        placeholder="Search, or label as key=value"
        value={search.q}
        onChange={(text) => onChange(text && isLabel(text) ? withLabel(search, text) : { q: text })}
      />
      {children}
      {labels.map((label) => (
        <FilterChip key={label} onRemove={() => onChange({ label: labels.filter((other) => other !== label) })}>
          {label}
        </FilterChip>
      ))}
    </FilterBar>
  );
}

/** The change that asks for one more label instead of a text. */
export function withLabel({ label = [] }: TextAndLabels, wanted: string): TextAndLabels {
  return { q: undefined, label: [...new Set([...label, wanted])] };
}

function isLabel(text: string): boolean {
  return /^[^\s=]+=\S*$/.test(text);
}
