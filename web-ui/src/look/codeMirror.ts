import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { javascript } from "@codemirror/lang-javascript";
import { python } from "@codemirror/lang-python";
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";

const LANGUAGES = { javascript: () => javascript({ typescript: true }), python };

export type Editor = EditorView;
export type Language = keyof typeof LANGUAGES;

interface EditorOptions {
  label: string;
  language: Language;
  text: string;
  onChange: (text: string) => void;
  onSave: () => void;
}

/**
 * Puts an editor into an element. It lives in a shadow root, where its styles are constructed style sheets: outside of one
 * it would write style elements, which the content security policy refuses.
 */
export function createEditor(
  host: HTMLElement,
  { label, language, text, onChange, onSave }: EditorOptions,
): EditorView {
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  const save = {
    key: "Mod-s",
    preventDefault: true,
    run: () => {
      onSave();
      return true;
    },
  };
  const state = EditorState.create({
    doc: text,
    extensions: [
      lineNumbers(),
      history(),
      // Characters that are not seen, but turn what stands around them, are.
      highlightSpecialChars(),
      drawSelection(),
      indentOnInput(),
      bracketMatching(),
      closeBrackets(),
      highlightActiveLine(),
      highlightSelectionMatches(),
      search({ top: true }),
      LANGUAGES[language](),
      syntaxHighlighting(HIGHLIGHT),
      REPLACING,
      LOOK,
      keymap.of([save, ...closeBracketsKeymap, ...searchKeymap, ...historyKeymap, ...defaultKeymap, indentWithTab]),
      EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) {
          onChange(update.state.doc.toString());
        }
      }),
    ],
  });
  return new EditorView({ state, root, parent: root });
}

/** The browser would put style attributes into the text it types over, which the content security policy refuses. */
const REPLACING = EditorView.domEventHandlers({
  beforeinput: (event, view) => {
    const { data } = event;
    const { from, to, empty } = view.state.selection.main;
    if (empty || !data || event.inputType !== "insertText" || view.composing) {
      return false;
    }
    const insert = () => view.state.update(view.state.replaceSelection(data), { userEvent: "input.type" });
    const handlers = view.state.facet(EditorView.inputHandler);
    if (!handlers.some((handle) => handle(view, from, to, data, insert))) {
      view.dispatch(insert(), { scrollIntoView: true });
    }
    event.preventDefault();
    return true;
  },
});

const LOOK = EditorView.theme({
  "&": { height: "100%", fontSize: "13px", color: "var(--ink)", backgroundColor: "var(--surface)" },
  "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "-2px" },
  ".cm-scroller": { fontFamily: "var(--mantine-font-family-monospace)", lineHeight: "1.6" },
  ".cm-content": { padding: "10px 0", caretColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "transparent", color: "var(--ink-soft)", border: "none", paddingLeft: "6px" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--ink) 4%, transparent)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  "& .cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": {
    backgroundColor: "color-mix(in srgb, var(--accent) 26%, transparent)",
  },
  ".cm-selectionMatch, .cm-matchingBracket": {
    backgroundColor: "color-mix(in srgb, var(--accent) 18%, transparent)",
  },
  ".cm-panels": { backgroundColor: "var(--surface-sunken)", color: "var(--ink)" },
  ".cm-panels-top": { borderBottom: "1px solid var(--line)" },
});

const HIGHLIGHT = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], color: "var(--busy)" },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], color: "var(--warn)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--bad)" },
  { tag: [tags.comment], color: "var(--ink-soft)", fontStyle: "italic" },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], color: "var(--accent)" },
  { tag: [tags.invalid], color: "var(--bad)" },
]);
