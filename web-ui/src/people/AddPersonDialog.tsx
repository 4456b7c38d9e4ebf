import { Modal, PasswordInput, Select, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Problem } from "../api/problem";
import { FormActions } from "../look/FormActions";
import { placeErrors } from "../look/form";
import { ProblemNotice } from "../look/ProblemNotice";
import type { Role } from "../session/session";
import { addPerson, PEOPLE_KEY, ROLES } from "./people";

export function AddPersonDialog({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient();
  const [problem, setProblem] = useState<Problem>();
  const form = useForm({ initialValues: { username: "", password: "", role: "operator" as Role } });
  const adding = useMutation({
    mutationFn: addPerson,
    // What was sent holds a password.
    gcTime: 0,
    onSuccess: async ({ username, role }) => {
      onClose();
      notifications.show({ message: `${username} may sign in as ${role}` });
      await queries.invalidateQueries({ queryKey: PEOPLE_KEY });
    },
    onError: (error) => setProblem(placeErrors(form, error)),
  });
  return (
    <Modal opened onClose={onClose} title="Add person">
      <form
        autoComplete="off"
        onSubmit={form.onSubmit((draft) => {
          setProblem(undefined);
          adding.mutate({ ...draft, username: draft.username.trim() });
        })}
      >
        <Stack gap="sm">
          {problem && <ProblemNotice problem={problem} />}
          <TextInput
            label="Username"
            placeholder="grace"
            autoCapitalize="none"
            autoComplete="off"
            spellCheck={false}
            required
            data-autofocus
            {...form.getInputProps("username")}
          />
          <PasswordInput
            label="First password"
            description="At least 8 characters. Tell it to them yourself."
            autoComplete="new-password"
            minLength={8}
            required
            {...form.getInputProps("password")}
          />
          <Select
            label="Role"
            description={`Beside what the roles before it may: ${ROLES.find(({ role }) => role === form.values.role)?.may}.`}
            data={ROLES.map(({ role }) => role)}
            allowDeselect={false}
            required
            {...form.getInputProps("role")}
          />
          <FormActions onCancel={onClose} isPending={adding.isPending}>
            Add person
          </FormActions>
        </Stack>
      </form>
    </Modal>
  );
}
