import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { randomKey } from "../api/key";
import { problemOf } from "../api/problem";
import { JsonInput } from "../look/JsonInput";
import { JsonView } from "../look/JsonView";
import { parseInput } from "../look/json";
import { Panel } from "../look/Page";
import { ProblemNotice } from "../look/ProblemNotice";
import { between, duration } from "../look/time";
import { useRefusal } from "../session/useSession";
import { TaskLogLines } from "../tasks/TaskLog";
import { TaskStateMark } from "../tasks/TaskStateMark";
import { cancelTask, isTerminal, type Task, taskQuery } from "../tasks/tasks";
import classes from "./FunctionWorkbench.module.css";
import { runFunction } from "./functions";
import { remedyFor } from "./remedies";

interface TestRunProps {
  name: string;
  version: number;
  /** True while what is in the editor differs from the version, which is what runs. */
  changed: boolean;
}

/** Runs the version with an input and shows what comes of it. */
export function TestRun({ name, version, changed }: TestRunProps) {
  const refusal = useRefusal("operator");
  const queries = useQueryClient();
  const [text, setText] = useState("{}");
  const [task, setTask] = useState<string>();
  const { value, error } = parseInput(text);
  const running = useMutation({
    mutationFn: () => runFunction(name, version, value, randomKey()),
    onSuccess: (submitted) => {
      queries.setQueryData(taskQuery(submitted.id).queryKey, submitted);
      setTask(submitted.id);
    },
  });
  return (
    <Panel title="Test run" aside={<span className={classes.hint}>runs version {version}</span>}>
      <div className={classes.form}>
        <JsonInput
          label="Input"
          description="JSON, what the handler gets"
          rows={4}
          value={text}
          error={error}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <div className={classes.line}>
          <Button
            variant="light"
            onClick={() => running.mutate()}
            disabled={!!refusal || !!error}
            title={refusal}
            loading={running.isPending}
          >
            Run
          </Button>
          {changed && <span className={classes.soft}>Without your unsaved changes.</span>}
        </div>
        {running.error && <ProblemNotice problem={problemOf(running.error)} />}
      </div>
      {task && <Outcome key={task} id={task} />}
    </Panel>
  );
}

function Outcome({ id }: { id: string }) {
  const { data: task, error } = useQuery(taskQuery(id));
  const cancelling = useMutation({ mutationFn: () => cancelTask(id) });
  return (
    <section className={classes.outcome} aria-label="Outcome of the test run">
      {error && <ProblemNotice problem={problemOf(error)} />}
      {task && (
        <div className={classes.line}>
          <TaskStateMark state={task.state} />
          <Took task={task} />
          <Link to="/tasks/$taskId" params={{ taskId: id }}>
            Open task
          </Link>
          {!isTerminal(task.state) && (
            <Button
              size="compact-sm"
              variant="default"
              loading={cancelling.isPending}
              onClick={() => cancelling.mutate()}
            >
              Cancel
            </Button>
          )}
        </div>
      )}
      {task && <Ending task={task} />}
      {task && <TaskLogLines task={task.id} />}
    </section>
  );
}

function Took({ task: { startedAt, finishedAt } }: { task: Task }) {
  const took = between(startedAt, finishedAt);
  return took === undefined ? null : <span className={classes.soft}>took {duration(took)}</span>;
}

function Ending({ task }: { task: Task }) {
  if (task.error) {
    const remedy = remedyFor(task.error.code);
    return (
      <>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long message scrolls, also by keyboard */}
        <pre className={classes.error} tabIndex={0}>
          {task.error.code}
          {"\n"}
          {task.error.message}
        </pre>
        {remedy && <p className={classes.soft}>{remedy}</p>}
      </>
    );
  }
  return task.state === "succeeded" ? (
    <div className={classes.result}>
      <JsonView value={task.result ?? null} />
    </div>
  ) : null;
}
