import { Button } from "@mantine/core";
import type { Problem } from "../api/problem";
import { CopyButton } from "./Copyable";
import classes from "./ProblemNotice.module.css";

interface ProblemNoticeProps {
  problem: Problem;
  onRetry?: () => void;
  /** What its button says. */
  retry?: string;
}

/** What went wrong, where, what to do, and the id under which the operators find it. */
export function ProblemNotice({ problem, onRetry, retry = "Try again" }: ProblemNoticeProps) {
  return (
    <div className={classes.notice} role="alert">
      <strong>{problem.title}</strong>
      {problem.detail && <span>{problem.detail}</span>}
      {problem.errors.length > 0 && (
        <ul className={classes.fields}>
          {problem.errors.map(({ pointer, detail }) => (
            <li key={`${pointer} ${detail}`}>
              {pointer && <code>{pointer}</code>} {detail}
            </li>
          ))}
        </ul>
      )}
      {problem.retryAfterSeconds !== undefined && <span>Try again in {problem.retryAfterSeconds} s.</span>}
      {problem.traceId && (
        <span className={classes.trace}>
          <span>Trace</span>
          <code>{problem.traceId}</code>
          <CopyButton text={problem.traceId} what="trace id" />
        </span>
      )}
      {onRetry && (
        <Button className={classes.retry} size="compact-sm" variant="default" onClick={onRetry}>
          {retry}
        </Button>
      )}
    </div>
  );
}
