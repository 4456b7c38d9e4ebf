import { useQuery } from "@tanstack/react-query";
import { problemOf } from "../api/problem";
import { Panel } from "../look/Page";
import { ProblemNotice } from "../look/ProblemNotice";
import { Time } from "../look/Time";
import { useRefusal } from "../session/useSession";
import { isTerminal, type Task } from "../tasks/tasks";
import { RedeliverButton } from "../webhooks/RedeliverButton";
import { DeliveryStateMark } from "../webhooks/WebhookState";
import { answerInWords, type Delivery } from "../webhooks/webhooks";
import { CALLBACKS_KEY, callbackQuery, redeliverCallback } from "./callbacks";
import classes from "./TaskCallback.module.css";

/** Where the task tells of its end, and whether it was heard; nothing when it tells nobody. */
export function TaskCallback({ task }: { task: Task }) {
  return task.callback ? <Told task={task} url={task.callback.url} /> : null;
}

function Told({ task, url }: { task: Task; url: string }) {
  const { data, error, refetch } = useQuery(callbackQuery(task));
  return (
    <Panel title="Callback">
      <div className={classes.body}>
        {error && <ProblemNotice problem={problemOf(error)} onRetry={() => void refetch()} />}
        <code className={classes.url}>{url}</code>
        {data?.deliveries.length === 0 && (
          <p className={classes.soft} role="status">
            {isTerminal(task.state) ? "It is about to be told." : "It is told once the task has ended."}
          </p>
        )}
        <ul className={classes.deliveries}>
          {data?.deliveries.map((delivery) => (
            <Row key={delivery.id} delivery={delivery} />
          ))}
        </ul>
      </div>
    </Panel>
  );
}

function Row({ delivery }: { delivery: Delivery }) {
  const { state, attempts, createdAt, nextAttemptAt, finishedAt } = delivery;
  const refusal = useRefusal("operator");
  return (
    <li className={classes.delivery}>
      <DeliveryStateMark state={state} />
      <span className={classes.answer}>
        {answerInWords(delivery)} <span className={classes.soft}>· attempt {attempts || "–"} ·</span>{" "}
        <Time at={finishedAt ?? createdAt} />
        {!finishedAt && nextAttemptAt && (
          <span className={classes.soft}>
            {" "}
            · next <Time at={nextAttemptAt} />
          </span>
        )}
      </span>
      <RedeliverButton
        delivery={delivery}
        send={redeliverCallback}
        what="The callback"
        changes={CALLBACKS_KEY}
        refusal={refusal}
      />
    </li>
  );
}
