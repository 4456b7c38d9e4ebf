import { TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { Link } from "@tanstack/react-router";
import type { Problem } from "../api/problem";

interface CallbackFieldProps<T extends { callback: string }> {
  form: UseFormReturnType<T>;
  /** Why the form was refused, if it was. */
  problem: Problem | undefined;
}

/** Where a form asks who is told of a task's end. */
export function CallbackField<T extends { callback: string }>({ form, problem }: CallbackFieldProps<T>) {
  return (
    <>
      <TextInput
        label="Callback"
        description="An address that is told of its end by a signed POST; empty: nobody is"
        placeholder="https://example.org/done"
        inputMode="url"
        spellCheck={false}
        maxLength={2048}
        {...form.getInputProps("callback")}
      />
      {problem?.code === "callback-secret-missing" && (
        <Link to="/console/settings" search={{ dialog: "callback-secret" }} target="_blank">
          Make the secret in the Console, in another tab
        </Link>
      )}
    </>
  );
}
