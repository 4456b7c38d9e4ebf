import { useLocalStorage } from "@mantine/hooks";
import { type ReactNode, useEffect } from "react";
import type { FunctionSummary } from "../functions/functions";
import { Command } from "../look/Copyable";
import { Icon } from "../look/Icon";
import { LinkButton } from "../look/links";
import { Panel } from "../look/Page";
import type { Resource } from "../resources/resources";
import { agentCount, type Summary } from "../summary/summary";
import type { Task } from "../tasks/tasks";
import classes from "./Checklist.module.css";

/** The type of the tasks that run functions. */
const FUNCTION_RUN = "code.run";

interface ChecklistProps {
  summary: Summary | undefined;
  resources: Resource[] | undefined;
  tasks: Task[] | undefined;
  functions: FunctionSummary[] | undefined;
}

/** What is left between a newcomer and a first tunnel, task and function. Gone once all is done. */
export function Checklist({ summary, resources, tasks, functions }: ChecklistProps) {
  // A run leaves the latest tasks; that there was one is worth remembering.
  const hadRun = useOnceSeen("bascule.had-run", !!tasks?.some(({ type }) => type === FUNCTION_RUN));
  if (!summary || !resources || !tasks || !functions) {
    return null;
  }
  const steps = stepsOf({ summary, resources, tasks, hasFunction: functions.length > 0, hadRun });
  const next = steps.findIndex(({ done }) => !done);
  if (next === -1) {
    return null;
  }
  const left = steps.filter(({ done }) => !done).length;
  return (
    <Panel title="Get started" aside={<span className={classes.left}>{left} to go</span>}>
      <ol className={classes.steps}>
        {steps.map(({ title, done, remedy }, index) => (
          <li key={title} className={classes.step} data-done={done || undefined}>
            <span className={classes.mark}>{done ? <Icon name="check" size={15} /> : index + 1}</span>
            <div className={classes.words}>
              <span>
                {title}
                {done && <span className={classes.done}> – done</span>}
              </span>
              {index === next && remedy}
            </div>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

/** Whether something has been seen in this browser, now or earlier. */
function useOnceSeen(key: string, seen: boolean): boolean {
  const [earlier, setEarlier] = useLocalStorage({ key, defaultValue: false });
  useEffect(() => {
    if (seen) {
      setEarlier(true);
    }
  }, [seen, setEarlier]);
  return seen || earlier;
}

interface Step {
  title: string;
  done: boolean;
  remedy: ReactNode;
}

interface Seen {
  summary: Summary;
  resources: Resource[];
  tasks: Task[];
  hasFunction: boolean;
  hadRun: boolean;
}

function stepsOf({ summary, resources, tasks, hasFunction, hadRun }: Seen): Step[] {
  const name = resources[0]?.name ?? "NAME";
  return [
    {
      title: "Start an agent where your resources are",
      done: agentCount(summary) > summary.agents.neverJoined,
      remedy: (
        <LinkButton to="/console/agents" search={{ dialog: "enrol" }} size="compact-sm">
          Enrol an agent
        </LinkButton>
      ),
    },
    {
      title: "Name a resource that it reaches",
      done: resources.length > 0,
      remedy: (
        <LinkButton to="/resources" search={{ dialog: "create" }} size="compact-sm">
          Add a resource
        </LinkButton>
      ),
    },
    {
      title: "Open a tunnel to it",
      done: summary.hadTunnel,
      remedy: (
        <>
          <Command>{`bascule login ${window.location.origin}`}</Command>
          <Command>{`bascule tcp ${name} --port 15432`}</Command>
        </>
      ),
    },
    {
      title: "Submit a task",
      done: tasks.length > 0,
      remedy: (
        <LinkButton to="/tasks" search={{ dialog: "submit" }} size="compact-sm">
          Submit a task
        </LinkButton>
      ),
    },
    {
      title: "Write a function and run it",
      done: hasFunction && hadRun,
      remedy: hasFunction ? (
        <LinkButton to="/functions" size="compact-sm">
          Run your function
        </LinkButton>
      ) : (
        <LinkButton to="/functions" search={{ dialog: "create" }} size="compact-sm">
          Create a function
        </LinkButton>
      ),
    },
  ];
}
