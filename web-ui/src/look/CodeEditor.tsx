import { useEffect, useRef } from "react";
import classes from "./CodeEditor.module.css";
import { createEditor, replaceText } from "./codeMirror";

interface CodeEditorProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** Called for the keys with which people save. */
  onSave: () => void;
}

/** An editor for JavaScript. Large; load it lazily. */
export default function CodeEditor({ label, value, onChange, onSave }: CodeEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<ReturnType<typeof createEditor>>(undefined);
  const latest = useRef({ value, onChange, onSave });
  latest.current = { value, onChange, onSave };
  useEffect(() => {
    if (!host.current) {
      return;
    }
    const created = createEditor(host.current, {
      label,
      text: latest.current.value,
      onChange: (text) => latest.current.onChange(text),
      onSave: () => latest.current.onSave(),
    });
    editor.current = created;
    return () => created.destroy();
  }, [label]);
  useEffect(() => {
    if (editor.current) {
      replaceText(editor.current, value);
    }
  }, [value]);
  return <div ref={host} className={classes.host} />;
}
