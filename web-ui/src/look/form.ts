import type { UseFormReturnType } from "@mantine/form";
import { type FieldError, type Problem, problemOf } from "../api/problem";

/**
 * Shows the field errors of a refused request at their fields.
 *
 * @param rename the pointer into the form that stands for one into the request
 * @returns what is left to tell above the form, without the errors that now stand at a field; nothing if those were all
 */
export function placeErrors<T extends object>(
  form: UseFormReturnType<T>,
  error: unknown,
  rename: (pointer: string) => string = (pointer) => pointer,
): Problem | undefined {
  const problem = problemOf(error);
  const placed: Record<string, string> = {};
  const rest: FieldError[] = [];
  for (const one of problem.errors) {
    const [field, words] = locate({ ...one, pointer: rename(one.pointer) });
    if (field in form.getValues()) {
      placed[field] = placed[field] ? `${placed[field]}; ${words}` : words;
    } else {
      rest.push(one);
    }
  }
  form.setErrors(placed);
  const allPlaced = problem.errors.length > 0 && rest.length === 0;
  return allPlaced ? undefined : { ...problem, errors: rest };
}

/** The form's field that a pointer leads into, and what is wrong there: `/input/url` is `url` of the field `input`. */
function locate({ pointer, detail }: FieldError): [field: string, words: string] {
  const [, field = "", ...inside] = pointer.split("/");
  return [field, inside.length > 0 ? `${inside.join(".")}: ${detail}` : detail];
}
