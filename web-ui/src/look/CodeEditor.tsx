import { useEffect, useRef } from "react";
import classes from "./CodeEditor.module.css";
import { createEditor, type Language } from "./codeMirror";

interface CodeEditorProps {
  label: string;
  language: Language;
  /**
   * What it starts with. Later values are ignored, as they may be older than what was typed meanwhile; give another `key`
   * to start again.
   */
  initialText: string;
  onChange: (text: string) => void;
  /** Called for the keys with which people save. */
  onSave: () => void;
}

/** An editor for code. Large; load it lazily. */
export default function CodeEditor({ label, language, initialText, onChange, onSave }: CodeEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const latest = useRef({ initialText, onChange, onSave });
  latest.current = { initialText, onChange, onSave };
  useEffect(() => {
    if (!host.current) {
      return;
    }
    const editor = createEditor(host.current, {
      label,
      language,
      text: latest.current.initialText,
      onChange: (text) => latest.current.onChange(text),
      onSave: () => latest.current.onSave(),
    });
    return () => editor.destroy();
  }, [label, language]);
  return <div ref={host} className={classes.host} />;
}
