import { Button, Select } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { type Problem, problemOf } from "../api/problem";
import { counted } from "../look/counted";
import { Page, Panel } from "../look/Page";
import { ProblemNotice } from "../look/ProblemNotice";
import { useRefusal } from "../session/useSession";
import { FilesPanel } from "./FilesPanel";
import classes from "./FunctionWorkbench.module.css";
import { addVersion, FUNCTIONS_KEY, type FunctionVersion, type Runtime, type VersionDraft } from "./functions";
import { LimitsPanel } from "./LimitsPanel";
import { TestRun } from "./TestRun";
import { useDraft } from "./useDraft";

const CodeEditor = lazy(() => import("../look/CodeEditor"));

interface FunctionWorkbenchProps {
  name: string;
  runtime: Runtime;
  version: FunctionVersion;
  latest: number;
  trail: ReactNode;
}

/** One version's code and limits, what may become the next version of them, and a place to try it. */
export function FunctionWorkbench({ name, runtime, version, latest, trail }: FunctionWorkbenchProps) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const forbidden = useRefusal("admin");
  const refusal = version.bundle ? "Deploy the next version from its directory: bascule fn deploy" : forbidden;
  const draft = useDraft(name, version);
  const [problem, setProblem] = useState<Problem>();
  const saving = useMutation({
    mutationFn: (sent: VersionDraft) => addVersion(name, sent),
    onMutate: () => setProblem(undefined),
    onSuccess: async ({ latestVersion }, sent) => {
      await queries.invalidateQueries({ queryKey: FUNCTIONS_KEY });
      // Last, so that nothing is typed between this and the next version's page.
      draft.saved(sent, latestVersion);
      notifications.show({ message: `Version ${latestVersion} of ${name} saved` });
      await navigate({ to: "/functions/$name", params: { name }, search: { version: latestVersion } });
    },
    onError: (error) => setProblem(problemOf(error)),
  });
  const save = () => {
    if (draft.changed && !refusal && !saving.isPending) {
      saving.mutate(draft.value);
    }
  };
  return (
    <Page
      title={name}
      trail={trail}
      actions={
        <>
          {draft.changed && (
            <Button variant="subtle" color="gray" onClick={draft.discard}>
              Discard changes
            </Button>
          )}
          <VersionPicker name={name} version={version.version} latest={latest} />
          <Button onClick={save} disabled={!draft.changed || !!refusal} title={refusal} loading={saving.isPending}>
            Save as version {latest + 1}
          </Button>
        </>
      }
    >
      {problem && <ProblemNotice problem={problem} />}
      {version.version !== latest && <NotLatest name={name} latest={latest} />}
      {version.bundle && <Bundled count={version.bundle.files.length} />}
      <div className={classes.columns}>
        <Panel
          title={version.bundle?.main ?? "Code"}
          aside={<span className={classes.hint}>Esc, then Tab leaves the editor</span>}
        >
          <div className={classes.editor}>
            <Suspense fallback={<div className={classes.loading} aria-busy="true" />}>
              <CodeEditor
                key={draft.discarded}
                label={`Code of ${name}`}
                language={runtime}
                initialText={draft.value.source}
                onChange={(source) => draft.change({ source })}
                onSave={save}
              />
            </Suspense>
          </div>
        </Panel>
        <div className={classes.side}>
          {version.bundle && <FilesPanel bundle={version.bundle} />}
          <TestRun name={name} version={version.version} changed={draft.changed} />
          <LimitsPanel draft={draft} problem={problem} />
        </div>
      </div>
    </Page>
  );
}

function VersionPicker({ name, version, latest }: { name: string; version: number; latest: number }) {
  const navigate = useNavigate();
  const numbers = Array.from({ length: latest }, (_, index) => String(latest - index));
  return (
    <Select
      w={180}
      aria-label="Version"
      allowDeselect={false}
      searchable={latest > 12}
      data={numbers.map((number) => ({
        value: number,
        label: `Version ${number}${Number(number) === latest ? " (latest)" : ""}`,
      }))}
      value={String(version)}
      onChange={(chosen) =>
        chosen && navigate({ to: "/functions/$name", params: { name }, search: { version: Number(chosen) } })
      }
    />
  );
}

function Bundled({ count }: { count: number }) {
  return (
    <p className={classes.notice} role="status">
      This version was deployed from a directory of {counted(count, "file")}. Change it there, and deploy it again with{" "}
      <code>bascule fn deploy</code>.
    </p>
  );
}

function NotLatest({ name, latest }: { name: string; latest: number }) {
  return (
    <p className={classes.notice} role="status">
      This is not the latest version. Saving makes version {latest + 1} from it.{" "}
      <Link to="/functions/$name" params={{ name }} search={{ version: latest }}>
        Show version {latest}
      </Link>
    </p>
  );
}
