import { NumberInput } from "@mantine/core";
import type { Problem } from "../api/problem";
import { Panel } from "../look/Page";
import classes from "./FunctionWorkbench.module.css";
import { MEMORY_MIB, TIMEOUT_SECONDS } from "./functions";
import type { Draft } from "./useDraft";

/** What one call may use; part of the version. */
export function LimitsPanel({ draft, problem }: { draft: Draft; problem: Problem | undefined }) {
  const errorAt = (field: string) => problem?.errors.find(({ pointer }) => pointer === `/${field}`)?.detail;
  return (
    <Panel title="Limits of a call">
      <div className={`${classes.form} ${classes.pair}`}>
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
    </Panel>
  );
}
