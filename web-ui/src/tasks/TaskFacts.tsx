import { CopyButton } from "../look/Copyable";
import { Fact, Facts } from "../look/Facts";
import { Labels } from "../look/Labels";
import { Panel } from "../look/Page";
import { Time } from "../look/Time";
import type { Task } from "./tasks";

export function TaskFacts({ task }: { task: Task }) {
  return (
    <Panel title="Details" aside={<CopyButton text={task.id} what="task id" />}>
      <Facts>
        <Fact name="Id">
          <code>{task.id}</code>
        </Fact>
        <Fact name="Lane">{task.lane}</Fact>
        {task.queue && <Fact name="Queue">{task.queue}</Fact>}
        {task.concurrencyKey && (
          <Fact name="Concurrency key">
            <code>{task.concurrencyKey}</code>
          </Fact>
        )}
        <Fact name="Attempt">{task.attempt || "–"}</Fact>
        <Fact name="Failures">{task.failures}</Fact>
        <Fact name="Priority">{task.priority}</Fact>
        {task.worker && (
          <Fact name="Worker">
            <code>{task.worker}</code>
          </Fact>
        )}
        <Fact name="Submitted by">{task.submittedBy.name}</Fact>
        <Fact name="Submitted">
          <Time at={task.createdAt} />
        </Fact>
        {task.notBefore && (
          <Fact name="Not before">
            <Time at={task.notBefore} />
          </Fact>
        )}
        <Fact name="Started">
          <Time at={task.startedAt} />
        </Fact>
        <Fact name="Finished">
          <Time at={task.finishedAt} />
        </Fact>
        {task.deadline && (
          <Fact name="Deadline">
            <Time at={task.deadline} />
          </Fact>
        )}
        {task.labels && Object.keys(task.labels).length > 0 && (
          <Fact name="Labels">
            <Labels labels={task.labels} />
          </Fact>
        )}
      </Facts>
    </Panel>
  );
}
