import { useLayoutEffect, useRef } from "react";
import classes from "./CodeEditor.module.css";
import { createEditor, type Editor, type Language } from "./codeMirror";

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
  // Before the next picture, and taken away while it still has the focus.
  useLayoutEffect(() => {
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
    goOnWriting(label, editor);
    return () => {
      left = editor.hasFocus ? { label, at: editor.state.selection.main.head, since: performance.now() } : undefined;
      editor.destroy();
    };
  }, [label, language]);
  return <div ref={host} className={classes.host} />;
}

/** Where somebody was writing in an editor that is gone. */
let left: { label: string; at: number; since: number } | undefined;
/** Another editor that comes so soon after it is its successor, as that of a new version is. */
const SUCCESSION_MILLIS = 10_000;

/** Whoever saves with the keyboard goes on where they were, unless they have gone elsewhere meanwhile. */
function goOnWriting(label: string, editor: Editor): void {
  const succeeds = left?.label === label && performance.now() - left.since < SUCCESSION_MILLIS;
  if (left && succeeds && document.activeElement === document.body) {
    editor.dispatch({ selection: { anchor: Math.min(left.at, editor.state.doc.length) } });
    editor.focus();
  }
  left = undefined;
}
