import { TextInput } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { useEffect, useRef, useState } from "react";
import { Icon } from "./Icon";

interface SearchFieldProps {
  label: string;
  placeholder: string;
  value: string | undefined;
  /** Called when the person pauses typing; undefined when the field is empty. */
  onChange: (value: string | undefined) => void;
}

const PAUSE_MILLIS = 250;

/** A search that waits for a pause. The key `/` leads to it. */
export function SearchField({ label, placeholder, value = "", onChange }: SearchFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value);
  const latest = useRef(onChange);
  latest.current = onChange;
  useHotkeys([["/", () => input.current?.focus()]]);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) {
      return;
    }
    const timer = setTimeout(() => latest.current(text.trim() || undefined), PAUSE_MILLIS);
    return () => clearTimeout(timer);
  }, [text, value]);
  return (
    <TextInput
      ref={input}
      type="search"
      size="xs"
      w={280}
      maw="100%"
      aria-label={label}
      placeholder={placeholder}
      leftSection={<Icon name="search" size={15} />}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
    />
  );
}
