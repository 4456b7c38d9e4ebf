import { NumberInput, TagsInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Problem } from "../api/problem";
import { Panel } from "../look/Page";
import { secretNames } from "../secrets/secrets";
import classes from "./FunctionWorkbench.module.css";
import { MEMORY_MIB, TIMEOUT_SECONDS } from "./functions";
import type { Draft } from "./useDraft";

/** What one call may use and reach; part of the version. */
export function LimitsPanel({ draft, problem }: { draft: Draft; problem: Problem | undefined }) {
  const secrets = useQuery(secretNames);
  const errorAt = (field: string) => problem?.errors.find(({ pointer }) => pointer.split("/")[1] === field)?.detail;
  return (
    <Panel title="Limits and access">
      <div className={classes.form}>
        <div className={classes.pair}>
          <NumberInput
            label="Time (s)"
            min={TIMEOUT_SECONDS.least}
            max={TIMEOUT_SECONDS.most}
            allowDecimal={false}
            value={draft.value.timeoutSeconds}
            error={errorAt("timeoutSeconds")}
            onChange={(value) => draft.change({ timeoutSeconds: Number(value) })}
          />
          <NumberInput
            label="Memory (MiB)"
            min={MEMORY_MIB.least}
            max={MEMORY_MIB.most}
            step={32}
            allowDecimal={false}
            value={draft.value.memoryMib}
            error={errorAt("memoryMib")}
            onChange={(value) => draft.change({ memoryMib: Number(value) })}
          />
        </div>
        <TagsInput
          label="May reach over HTTP"
          description="Hosts such as api.example.com or *.example.com; without any it has no network"
          placeholder={draft.value.egress.length === 0 ? "No network" : undefined}
          splitChars={[",", " "]}
          acceptValueOnBlur
          value={draft.value.egress}
          error={errorAt("egress")}
          onChange={(egress) => draft.change({ egress })}
        />
        <TagsInput
          label="May read the secrets"
          description="They are in context.secrets by their names"
          placeholder={draft.value.secrets.length === 0 ? "No secrets" : undefined}
          data={secrets.data ?? []}
          splitChars={[",", " "]}
          acceptValueOnBlur
          value={draft.value.secrets}
          error={errorAt("secrets")}
          onChange={(chosen) => draft.change({ secrets: chosen })}
        />
      </div>
    </Panel>
  );
}
