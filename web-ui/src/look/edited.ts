import { useState } from "react";
import type { Versioned } from "../api/call";
import { problemOf } from "../api/problem";

/** Something that is being changed, and what somebody else has made of it meanwhile, if they have. */
export interface Edited<T> {
  /** The version that the next save replaces: theirs once it is on the screen, else the one that was begun with. */
  base: Versioned<T> | undefined;
  theirs: Versioned<T> | undefined;
  /** To be asked about every refused save: reads theirs. @returns whether somebody else's change was the reason */
  isOutdated: (error: unknown) => Promise<boolean>;
  /** To be called when the form holds theirs. */
  tookTheirs: () => void;
}

/**
 * Keeps what was begun with, however often it is read anew: what is typed is never replaced by what others save.
 *
 * @param begun undefined for something new, of which there is no other version
 */
export function useEdited<T>(begun: Versioned<T> | undefined, readTheirs: () => Promise<Versioned<T>>): Edited<T> {
  const [base, setBase] = useState(begun);
  const [theirs, setTheirs] = useState<Versioned<T>>();
  return {
    base: theirs ?? base,
    theirs,
    isOutdated: async (error) => {
      if (!base || problemOf(error).status !== 412) {
        return false;
      }
      // Somebody who cannot read it any more is told why the save was refused.
      const read = await readTheirs().catch(() => undefined);
      setTheirs(read);
      return read !== undefined;
    },
    tookTheirs: () => {
      setBase(theirs);
      setTheirs(undefined);
    },
  };
}
