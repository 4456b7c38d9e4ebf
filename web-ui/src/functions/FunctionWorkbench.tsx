import { Button, Checkbox, Select } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { type Problem, problemOf } from "../api/problem";
import { counted } from "../look/counted";
import { LinkButton } from "../look/links";
import { Page, Panel } from "../look/Page";
import { ProblemNotice } from "../look/ProblemNotice";
import { useRefusal } from "../session/useSession";
import { AliasesPanel } from "./AliasesPanel";
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
  /** The version that runs where none is named. */
  live: number;
  trail: ReactNode;
}

/** One version's code and limits, what may become the next version of them, and a place to try it. */
export function FunctionWorkbench({ name, runtime, version, latest, live, trail }: FunctionWorkbenchProps) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const forbidden = useRefusal("admin");
  const refusal = version.bundle ? "Deploy the next version from its directory: bascule fn deploy" : forbidden;
  const draft = useDraft(name, version);
  const [goesLive, setGoesLive] = useState(true);
  const [problem, setProblem] = useState<Problem>();
  const saving = useMutation({
    mutationFn: (sent: VersionDraft) => addVersion(name, sent, goesLive),
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
            <>
              <Checkbox
                label="Make it live"
                checked={goesLive}
                onChange={(event) => setGoesLive(event.currentTarget.checked)}
              />
              <Button variant="subtle" color="gray" onClick={draft.discard}>
                Discard changes
              </Button>
            </>
          )}
          <VersionPicker name={name} version={version.version} latest={latest} live={live} />
          <Button onClick={save} disabled={!draft.changed || !!refusal} title={refusal} loading={saving.isPending}>
            Save as version {latest + 1}
          </Button>
        </>
      }
    >
      {problem && <ProblemNotice problem={problem} />}
      {version.version !== latest && <NotLatest name={name} latest={latest} />}
      {live !== undefined && version.version !== live && (
        <NotLive name={name} version={version.version} live={live} refusal={forbidden} />
      )}
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
          <AliasesPanel name={name} version={version.version} />
          <LimitsPanel draft={draft} problem={problem} />
        </div>
      </div>
    </Page>
  );
}

interface VersionPickerProps {
  name: string;
  version: number;
  latest: number;
  live: number;
}

function VersionPicker({ name, version, latest, live }: VersionPickerProps) {
  const navigate = useNavigate();
  const markOf = (number: number) => {
    const marks = [number === latest && "latest", number === live && "live"].filter(Boolean);
    return marks.length > 0 ? ` (${marks.join(", ")})` : "";
  };
  const numbers = Array.from({ length: latest }, (_, index) => String(latest - index));
  return (
    <Select
      w={200}
      aria-label="Version"
      allowDeselect={false}
      searchable={latest > 12}
      data={numbers.map((number) => ({
        value: number,
        label: `Version ${number}${markOf(Number(number))}`,
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

interface NotLiveProps {
  name: string;
  version: number;
  live: number;
  /** Why the person may not change what is live, if so. */
  refusal: string | undefined;
}

function NotLive({ name, version, live, refusal }: NotLiveProps) {
  return (
    <div className={`${classes.notice} ${classes.line}`} role="status">
      <span>
        Version{" "}
        <Link to="/functions/$name" params={{ name }} search={{ version: live }}>
          {live}
        </Link>{" "}
        is live: it runs where no version is named.
      </span>
      <LinkButton
        to="/functions/$name"
        params={{ name }}
        search={{ version, dialog: "live" }}
        size="compact-sm"
        variant="default"
        disabled={!!refusal}
        title={refusal}
      >
        {version < live ? `Roll back to version ${version}` : `Make version ${version} live`}
      </LinkButton>
    </div>
  );
}
