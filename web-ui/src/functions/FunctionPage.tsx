import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, Navigate } from "@tanstack/react-router";
import { problemOf } from "../api/problem";
import { Page } from "../look/Page";
import { ProblemNotice } from "../look/ProblemNotice";
import { FunctionWorkbench } from "./FunctionWorkbench";
import classes from "./FunctionWorkbench.module.css";
import { type FunctionSummary, functionQuery, versionQuery } from "./functions";
import { LiveDialog } from "./LiveDialog";

const route = getRouteApi("/signed-in/functions/$name");

/** The latest version is put into the address, so that a newer one never replaces what somebody is changing. */
export function FunctionPage() {
  const { name } = route.useParams();
  const { version, dialog } = route.useSearch();
  const navigate = route.useNavigate();
  const latest = useQuery(functionQuery(name));
  if (latest.data && version === undefined) {
    return <Navigate to="/functions/$name" params={{ name }} search={{ version: latest.data.latestVersion }} replace />;
  }
  if (latest.data && version !== undefined) {
    return (
      <>
        <OneVersion key={`${name} ${version}`} name={name} version={version} newest={latest.data} />
        {dialog === "live" && (
          <LiveDialog name={name} version={version} onClose={() => navigate({ search: { version } })} />
        )}
      </>
    );
  }
  return (
    <Page title={name} trail={<Trail />}>
      {latest.error ? (
        <ProblemNotice problem={problemOf(latest.error)} onRetry={() => void latest.refetch()} />
      ) : (
        <Skeleton height={420} radius="md" />
      )}
    </Page>
  );
}

function OneVersion({ name, version, newest }: { name: string; version: number; newest: FunctionSummary }) {
  const { data, error, refetch } = useQuery(versionQuery(name, version));
  if (data) {
    return (
      <FunctionWorkbench
        name={name}
        runtime={data.runtime}
        version={data.version}
        latest={newest.latestVersion}
        live={newest.liveVersion}
        trail={<Trail />}
      />
    );
  }
  return (
    <Page title={name} trail={<Trail />}>
      {error ? (
        <ProblemNotice problem={problemOf(error)} onRetry={() => void refetch()} />
      ) : (
        <Skeleton height={420} radius="md" />
      )}
    </Page>
  );
}

function Trail() {
  return (
    <Link to="/functions" className={classes.trail}>
      ← Functions
    </Link>
  );
}
