import { Loader } from "@mantine/core";
import { useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { isTemporary, problemOf } from "../api/problem";
import { LinkButton } from "../look/links";
import { ProblemNotice } from "../look/ProblemNotice";
import { usePageTitle } from "../look/usePageTitle";
import classes from "./Trouble.module.css";

const RETRY_MILLIS = 3_000;

/** Shown in place of a page that could not be shown; what may pass by itself is tried again by itself. */
export function Trouble({ error, reset }: { error: unknown; reset: () => void }) {
  const router = useRouter();
  const problem = problemOf(error);
  const temporary = isTemporary(problem);
  usePageTitle(problem.title);
  useEffect(() => {
    if (!temporary) {
      return;
    }
    const timer = setInterval(() => void router.invalidate().then(reset), RETRY_MILLIS);
    return () => clearInterval(timer);
  }, [temporary, router, reset]);
  return (
    <div className={classes.page}>
      {temporary ? (
        <div role="status" className={classes.wait}>
          <Loader size={22} />
          <h1>{problem.title}</h1>
          <p>{problem.detail}</p>
        </div>
      ) : (
        <ProblemNotice problem={problem} onRetry={() => void router.invalidate().then(reset)} />
      )}
    </div>
  );
}

export function NotFound() {
  usePageTitle("Not found");
  const { entry } = useRouter().options.context;
  return (
    <div className={classes.page}>
      <div className={classes.wait}>
        <h1>There is no such page</h1>
        <LinkButton to={entry.home} variant="default">
          Home
        </LinkButton>
      </div>
    </div>
  );
}
