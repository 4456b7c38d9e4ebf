import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { problemOf } from "../api/problem";
import { Brand } from "../look/Brand";
import { ProblemNotice } from "../look/ProblemNotice";
import { usePageTitle } from "../look/usePageTitle";
import { destination } from "./destination";
import classes from "./SignInPage.module.css";
import { type Credentials, sessionQuery, signIn } from "./session";
import { tellOtherTabs } from "./tabs";

const route = getRouteApi("/sign-in");

export function SignInPage() {
  usePageTitle("Sign in");
  const router = useRouter();
  const queries = useQueryClient();
  const { to } = route.useSearch();
  return (
    <SignInForm
      interrupted={to !== undefined && to !== "/"}
      onSignedIn={(session) => {
        // What the cache holds may belong to somebody else.
        queries.clear();
        queries.setQueryData(sessionQuery.queryKey, session);
        tellOtherTabs();
        router.history.push(destination(to));
      }}
    />
  );
}

interface SignInFormProps {
  /** True when the person wanted to see a page and was asked to sign in first. */
  interrupted: boolean;
  onSignedIn: (session: Awaited<ReturnType<typeof signIn>>) => void;
}

export function SignInForm({ interrupted, onSignedIn }: SignInFormProps) {
  const attempt = useMutation({ mutationFn: signIn, meta: { signsIn: true }, onSuccess: onSignedIn });
  return (
    <main className={classes.page}>
      <form
        className={classes.card}
        onSubmit={(event) => {
          event.preventDefault();
          attempt.mutate(credentialsIn(event.currentTarget));
        }}
      >
        <Brand large />
        <h1 className={classes.title}>Sign in</h1>
        {interrupted && !attempt.error && <p className={classes.hint}>You will be back where you were.</p>}
        {attempt.error && <ProblemNotice problem={problemOf(attempt.error)} />}
        <TextInput
          name="username"
          label="Username"
          autoComplete="username"
          autoCapitalize="none"
          required
          withAsterisk={false}
          autoFocus
        />
        <PasswordInput name="password" label="Password" autoComplete="current-password" required withAsterisk={false} />
        <Button type="submit" fullWidth loading={attempt.isPending}>
          Sign in
        </Button>
      </form>
    </main>
  );
}

function credentialsIn(form: HTMLFormElement): Credentials {
  const data = new FormData(form);
  return { username: String(data.get("username") ?? "").trim(), password: String(data.get("password") ?? "") };
}
