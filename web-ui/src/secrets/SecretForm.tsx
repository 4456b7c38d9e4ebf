import { Checkbox, Stack, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import type { Versioned } from "../api/call";
import { type Problem, ProblemError, problemOf } from "../api/problem";
import { FormActions } from "../look/FormActions";
import { placeErrors } from "../look/form";
import { ProblemNotice } from "../look/ProblemNotice";
import classes from "./SecretsPage.module.css";
import { SECRETS_KEY, type Secret, setSecret } from "./secrets";

interface SecretFormProps {
  /** The secret as it is, when it gets a new value. */
  secret?: Versioned<Secret>;
  onSaved: (secret: Secret) => void;
  /** Called when somebody else has changed it since it was read. */
  onOutdated?: () => void;
  onCancel: () => void;
}

/** The value is in the field alone: never in the form's state, nor in what the page remembers of its calls. */
export function SecretForm({ secret, onSaved, onOutdated, onCancel }: SecretFormProps) {
  const queries = useQueryClient();
  const field = useRef<HTMLTextAreaElement>(null);
  const [problem, setProblem] = useState<Problem>();
  const [shown, setShown] = useState(false);
  // `value` is always empty here: the place for what the server says about it.
  const form = useForm({ initialValues: { name: secret?.value.name ?? "", value: "" } });
  const saving = useMutation({
    mutationFn: (name: string) => setSecret(name, withoutLastBreak(field.current?.value ?? ""), secret?.etag),
    onSuccess: async (saved) => {
      if (field.current) {
        field.current.value = "";
      }
      await queries.invalidateQueries({ queryKey: [...SECRETS_KEY, "list"] });
      onSaved(saved);
    },
    onError: (error) => {
      setProblem(placeErrors(form, atName(error)));
      if (problemOf(error).status === 412) {
        onOutdated?.();
      }
    },
  });
  return (
    <form
      autoComplete="off"
      onSubmit={form.onSubmit(({ name }) => {
        setProblem(undefined);
        saving.mutate(name.trim());
      })}
    >
      <Stack gap="sm">
        {problem && <ProblemNotice problem={problem} />}
        {!secret && (
          <TextInput
            label="Name"
            description="Letters, digits, _ and -. Tasks name it to use it."
            placeholder="DB_PASSWORD"
            required
            spellCheck={false}
            data-autofocus
            {...form.getInputProps("name")}
          />
        )}
        <Textarea
          ref={field}
          label={secret ? "New value" : "Value"}
          description="4 characters to 64 KiB. A line break at its end is left off."
          required
          rows={4}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          data-autofocus={secret ? true : undefined}
          classNames={{ input: shown ? classes.value : `${classes.value} ${classes.hidden}` }}
          error={form.errors.value}
          onChange={() => form.clearFieldError("value")}
        />
        <Checkbox
          label="Show what I type"
          checked={shown}
          onChange={(event) => setShown(event.currentTarget.checked)}
        />
        <p className={classes.note}>Nobody can read it back, here or elsewhere: keep a copy if you need one.</p>
        <FormActions onCancel={onCancel} isPending={saving.isPending}>
          {secret ? "Set new value" : "Set secret"}
        </FormActions>
      </Stack>
    </form>
  );
}

/** Files and clipboards often end with a line break that is no part of a password. */
function withoutLastBreak(text: string): string {
  return text.replace(/\r?\n$/, "");
}

/** Who makes a new secret names no version; that the server asks for one says that the name is taken. */
function atName(error: unknown): unknown {
  const problem = problemOf(error);
  if (problem.code !== "revision-required") {
    return error;
  }
  const detail = "There is a secret of this name already. Choose another name, or give that one a new value.";
  return new ProblemError({ ...problem, errors: [{ pointer: "/name", detail }] });
}
