import { NumberInput, TagsInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Problem } from "../api/problem";
import { Panel } from "../look/Page";
import { resourceNames } from "../resources/resources";
import { secretNames } from "../secrets/secrets";
import classes from "./FunctionWorkbench.module.css";
import { MEMORY_MIB, TIMEOUT_SECONDS } from "./functions";
import type { Draft } from "./useDraft";

/** What one call may use and reach; part of the version. */
export function LimitsPanel({ draft, problem }: { draft: Draft; problem: Problem | undefined }) {
  const secrets = useQuery(secretNames);
  const resources = useQuery(resourceNames);
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
        <Names
          label="May reach over HTTP"
          description="Hosts such as api.example.com or *.example.com; without any it has no network"
          none="No network"
          value={draft.value.egress}
          error={errorAt("egress")}
          onChange={(egress) => draft.change({ egress })}
        />
        <Names
          label="May reach the resources"
          description="Through their agents, by their names"
          none="No resources"
          known={resources.data}
          value={draft.value.resources}
          error={errorAt("resources")}
          onChange={(chosen) => draft.change({ resources: chosen })}
        />
        <Names
          label="May read the secrets"
          description="They are in context.secrets by their names"
          none="No secrets"
          known={secrets.data}
          value={draft.value.secrets}
          error={errorAt("secrets")}
          onChange={(chosen) => draft.change({ secrets: chosen })}
        />
      </div>
    </Panel>
  );
}

interface NamesProps {
  label: string;
  description: string;
  /** Said where there are none. */
  none: string;
  /** Offered while one types; others may be written, too. */
  known?: string[];
  value: string[];
  error: string | undefined;
  onChange: (names: string[]) => void;
}

function Names({ none, known = [], value, ...rest }: NamesProps) {
  return (
    <TagsInput
      placeholder={value.length === 0 ? none : undefined}
      data={known}
      splitChars={[",", " "]}
      acceptValueOnBlur
      value={value}
      {...rest}
    />
  );
}
