import { useEffect, useRef } from "react";
import classes from "./CodeEditor.module.css";
import { createEditor } from "./codeMirror";

interface CodeEditorProps {
  label: string;
  /**
   * What it starts with. Later values are ignored, as they may be older than what was typed meanwhile; give another `key`
   * to start again.
   */
  initialText: string;
  onChange: (text: string) => void;
  /** Called for the keys with which people save. */
  onSave: () => void;
}

/** An editor for JavaScript. Large; load it lazily. */
export default function CodeEditor({ label, initialText, onChange, onSave }: CodeEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const latest = useRef({ initialText, onChange, onSave });
  latest.current = { initialText, onChange, onSave };
  useEffect(() => {
    if (!host.current) {
      return;
    }
    const editor = createEditor(host.current, {
      label,
      text: latest.current.initialText,
      onChange: (text) => latest.current.onChange(text),
      onSave: () => latest.current.onSave(),
    });
    return () => editor.destroy();
  }, [label]);
  return <div ref={host} className={classes.host} />;
}
