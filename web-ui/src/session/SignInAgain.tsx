import { Button, Group, Modal, PasswordInput, Stack } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useEffect, useEffectEvent } from "react";
import { problemOf } from "../api/problem";
import { ProblemNotice } from "../look/ProblemNotice";
import { findSession } from "./lost";
import { readSession, type Session, sessionQuery, signIn } from "./session";
import { onSessionChange, tellOtherTabs } from "./tabs";
import { useSession } from "./useSession";

/**
 * Over a page whose session has ended: begins another one for the same person; what was typed below stays. It is no lazy
 * chunk: the platform may have been updated when it is needed, and the page must not be loaded again then.
 */
export function SignInAgain() {
  const { user } = useSession();
  const queries = useQueryClient();
  const router = useRouter();
  const goOn = async (session: Session) => {
    queries.setQueryData(sessionQuery.queryKey, session);
    findSession();
    await queries.invalidateQueries();
  };
  const look = useEffectEvent(async () => {
    const elsewhere = await readSession().catch(() => null);
    if (elsewhere?.user.id === user.id) {
      await goOn(elsewhere);
    }
  });
  useEffect(() => onSessionChange(() => void look()), []);
  const attempt = useMutation({
    mutationFn: (password: string) => signIn({ username: user.username, password }),
    meta: { signsIn: true },
    onSuccess: async (session: Session) => {
      tellOtherTabs();
      await goOn(session);
    },
  });
  const leave = () => {
    queries.setQueryData(sessionQuery.queryKey, null);
    void router.invalidate();
  };
  return (
    <Modal
      opened
      onClose={() => {}}
      title="Your session has ended"
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          attempt.mutate(String(new FormData(event.currentTarget).get("password") ?? ""));
        }}
      >
        <Stack gap="md">
          {attempt.error && <ProblemNotice problem={problemOf(attempt.error)} />}
          <span>
            Sign in again as <strong>{user.username}</strong>. What you were at stays as it is.
          </span>
          <input type="hidden" name="username" autoComplete="username" value={user.username} />
          <PasswordInput
            name="password"
            label="Password"
            autoComplete="current-password"
            required
            withAsterisk={false}
            data-autofocus
          />
          <Group justify="space-between">
            <Button variant="subtle" color="gray" onClick={leave}>
              I am not {user.username}
            </Button>
            <Button type="submit" loading={attempt.isPending}>
              Sign in
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
