import { NumberInput, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Problem } from "../api/problem";
import { ConfirmDialog } from "../look/ConfirmDialog";
import { FormActions } from "../look/FormActions";
import { placeErrors } from "../look/form";
import { ProblemNotice } from "../look/ProblemNotice";
import { ShownOnce } from "../look/ShownOnce";
import { type AccessToken, type CreatedToken, createToken, revokeToken, TOKEN_DAYS, TOKENS_KEY } from "./account";

/** Makes a token, then shows it. */
export function CreateTokenDialog({ onClose }: { onClose: () => void }) {
  const [created, setCreated] = useState<CreatedToken>();
  return (
    <ShownOnce
      title={created ? `Token ${created.name} created` : "Create token"}
      told={
        created && {
          about: "It is shown this once: keep it where your program finds it.",
          purpose: "Token",
          what: "token",
          secret: created.token,
        }
      }
      onClose={onClose}
    >
      <TokenForm onCreated={setCreated} onCancel={onClose} />
    </ShownOnce>
  );
}

interface TokenFormProps {
  onCreated: (token: CreatedToken) => void;
  onCancel: () => void;
}

function TokenForm({ onCreated, onCancel }: TokenFormProps) {
  const queries = useQueryClient();
  const [problem, setProblem] = useState<Problem>();
  const form = useForm({ initialValues: { name: "", expiresInDays: 90 as number | "" } });
  const creating = useMutation({
    mutationFn: createToken,
    // The answer holds the token, which nothing but the dialog keeps.
    gcTime: 0,
    onSuccess: (created) => {
      onCreated(created);
      void queries.invalidateQueries({ queryKey: TOKENS_KEY });
    },
    onError: (error) => setProblem(placeErrors(form, error)),
  });
  return (
    <form
      onSubmit={form.onSubmit(({ name, expiresInDays }) => {
        setProblem(undefined);
        creating.mutate({ name: name.trim(), ...(expiresInDays === "" ? {} : { expiresInDays }) });
      })}
    >
      <Stack gap="sm">
        {problem && <ProblemNotice problem={problem} />}
        <TextInput
          label="Name"
          description="What uses it"
          placeholder="nightly-backup"
          required
          data-autofocus
          {...form.getInputProps("name")}
        />
        <NumberInput
          label="Days until it expires"
          description="Empty: never"
          min={TOKEN_DAYS.least}
          max={TOKEN_DAYS.most}
          allowDecimal={false}
          {...form.getInputProps("expiresInDays")}
        />
        <FormActions onCancel={onCancel} isPending={creating.isPending}>
          Create token
        </FormActions>
      </Stack>
    </form>
  );
}

export function RevokeTokenDialog({ token, onClose }: { token: AccessToken; onClose: () => void }) {
  const queries = useQueryClient();
  const revoking = useMutation({
    mutationFn: () => revokeToken(token.id),
    onSuccess: async () => {
      onClose();
      notifications.show({ message: `Token ${token.name} revoked` });
      await queries.invalidateQueries({ queryKey: TOKENS_KEY });
    },
  });
  return (
    <ConfirmDialog
      title={`Revoke ${token.name}?`}
      action="Revoke token"
      onConfirm={() => revoking.mutate()}
      onClose={onClose}
      isPending={revoking.isPending}
      error={revoking.error}
    >
      Programs that use it are refused from now on. This cannot be undone.
    </ConfirmDialog>
  );
}
