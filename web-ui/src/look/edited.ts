import type { UseFormReturnType } from "@mantine/form";
import { useState } from "react";
import type { Versioned } from "../api/call";
import { type Problem, problemOf } from "../api/problem";
import { placeErrors } from "./form";

/** What a form is about, and how it shows it. */
interface Editing<T, F extends object> {
  /** What was begun with; undefined for something new, of which there is no other version. */
  begun: Versioned<T> | undefined;
  form: UseFormReturnType<F>;
  fieldsOf: (value: T) => F;
  readTheirs: (mine: T) => Promise<Versioned<T>>;
  /** See {@link placeErrors}. */
  rename?: (pointer: string) => string;
}

/** Something that is being changed, and what somebody else has made of it meanwhile, if they have. */
export interface Edited<T, F extends object> {
  /** The version that the next save replaces: theirs once it is on the screen, else the one that was begun with. */
  base: Versioned<T> | undefined;
  /** What is in the form. */
  mine: F;
  theirs: F | undefined;
  takeTheirs: () => void;
  /** What is left to tell above the form. */
  problem: Problem | undefined;
  /** To be called with each save. */
  onMutate: () => void;
  /** To be called with each refused save: reads theirs if somebody else's change was the reason. */
  onError: (error: unknown) => Promise<void>;
}

/** Keeps what was begun with, however often it is read anew: what is typed is never replaced by what others save. */
export function useEdited<T, F extends object>(editing: Editing<T, F>): Edited<T, F> {
  const { begun, form, fieldsOf, readTheirs, rename } = editing;
  const [base, setBase] = useState(begun);
  const [theirs, setTheirs] = useState<Versioned<T>>();
  const [problem, setProblem] = useState<Problem>();
  return {
    base: theirs ?? base,
    mine: form.values,
    theirs: theirs && fieldsOf(theirs.value),
    takeTheirs: () => {
      if (theirs) {
        form.setValues(fieldsOf(theirs.value));
        setBase(theirs);
        setTheirs(undefined);
      }
    },
    problem,
    onMutate: () => setProblem(undefined),
    onError: async (error) => {
      if (!base || problemOf(error).status !== 412) {
        setProblem(placeErrors(form, error, rename));
        return;
      }
      // Somebody who cannot read it any more is told why the save was refused.
      const read = await readTheirs(base.value).catch(() => undefined);
      setTheirs(read);
      setProblem(read ? undefined : placeErrors(form, error, rename));
    },
  };
}
