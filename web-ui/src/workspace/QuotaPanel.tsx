import { Button, NumberInput, Skeleton } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { problemOf } from "../api/problem";
import { Panel, PanelBody } from "../look/Page";
import { ProblemNotice } from "../look/ProblemNotice";
import { useRefusal } from "../session/useSession";
import classes from "./QuotaPanel.module.css";
import { QUOTA, type Quota, quotaQuery, setQuota } from "./workspace";

/** How many queued tasks of the workspace run at once, and how many may. */
export function QuotaPanel() {
  const { data: quota, error, refetch } = useQuery(quotaQuery);
  return (
    <Panel title="Quota">
      <PanelBody>
        {error && <ProblemNotice problem={problemOf(error)} onRetry={() => void refetch()} />}
        {!quota && !error && <Skeleton height={90} />}
        {quota && (
          <>
            <p role="status">{running(quota)}</p>
            <QuotaForm quota={quota} />
          </>
        )}
      </PanelBody>
    </Panel>
  );
}

function running({ queuedTasks, queuedTasksRunning }: Quota): string {
  const now = `${queuedTasksRunning.toLocaleString("en")} queued tasks run now`;
  return queuedTasks
    ? `${now}, of at most ${queuedTasks.toLocaleString("en")}.`
    : `${now}; only the queues limit them.`;
}

function QuotaForm({ quota }: { quota: Quota }) {
  const queries = useQueryClient();
  const refusal = useRefusal("owner");
  const [typed, setTyped] = useState<number | string>();
  const most = typed ?? quota.queuedTasks ?? "";
  const saving = useMutation({
    mutationFn: (sent: number | string) => setQuota(sent === "" ? undefined : Number(sent)),
    onSuccess: (saved, sent) => {
      queries.setQueryData(quotaQuery.queryKey, saved);
      setTyped((now) => (now === sent ? undefined : now));
      notifications.show({
        message: saved.queuedTasks ? `At most ${saved.queuedTasks} queued tasks run at once` : "The quota is lifted",
      });
    },
  });
  const problem = saving.error && problemOf(saving.error);
  const changed = String(most) !== String(quota.queuedTasks ?? "");
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate(most);
      }}
    >
      {problem && <ProblemNotice problem={problem} />}
      <div className={classes.quota}>
        <NumberInput
          w={320}
          maw="100%"
          label="Queued tasks at once, over all queues"
          description={`${QUOTA.least} to ${QUOTA.most.toLocaleString("en")}; empty: no limit`}
          min={QUOTA.least}
          max={QUOTA.most}
          allowDecimal={false}
          disabled={!!refusal}
          title={refusal}
          value={most}
          onChange={setTyped}
        />
        <Button type="submit" disabled={!changed || !!refusal} title={refusal} loading={saving.isPending}>
          Save quota
        </Button>
      </div>
    </form>
  );
}
