import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Versioned } from "../api/call";
import { problemOf } from "../api/problem";
import { ConfirmDialog } from "../look/ConfirmDialog";
import { type Alias, changesQuery, FUNCTIONS_KEY, liveQuery, makeLive, type VersionChanges } from "./functions";

interface LiveDialogProps {
  name: string;
  version: number;
  onClose: () => void;
}

/** Makes a version the one that runs where none is named, once somebody has seen what that changes. */
export function LiveDialog({ name, version, onClose }: LiveDialogProps) {
  const queries = useQueryClient();
  const live = useQuery(liveQuery(name));
  const before = live.data?.value.version ?? version;
  const changes = useQuery({ ...changesQuery(name, version, before), enabled: before !== version });
  const moving = useMutation({
    mutationFn: (seen: Versioned<Alias>) => makeLive(name, version, seen),
    onSuccess: async () => {
      onClose();
      notifications.show({ message: `Version ${version} of ${name} is live` });
      await queries.invalidateQueries({ queryKey: FUNCTIONS_KEY });
    },
    onError: (refused) => {
      if (problemOf(refused).status === 412) {
        void live.refetch();
      }
    },
  });
  const isBack = version < before;
  return (
    <ConfirmDialog
      title={isBack ? `Roll ${name} back to version ${version}?` : `Make version ${version} of ${name} live?`}
      action={isBack ? "Roll back" : "Make it live"}
      onConfirm={() => live.data && moving.mutate(live.data)}
      onClose={onClose}
      isPending={moving.isPending}
      isReady={!!live.data}
      error={moving.error ?? live.error}
    >
      {live.data && `Version ${before} is live. `}
      Whatever names no version and begins from then on runs version {version}, also what waits or is tried again. What
      runs goes on.
      {changes.data && ` ${differences(changes.data)}`}
    </ConfirmDialog>
  );
}

/** Such as: "Version 1 differs from version 3 in index.js (changed), lib/a.js (removed) and timeoutSeconds." */
function differences({ version, since, files, settings }: VersionChanges): string {
  const parts = [...files.map(({ path, kind }) => `${path} (${kind})`), ...settings];
  const named = new Intl.ListFormat("en").format(parts.slice(0, MOST_NAMED));
  const more = parts.length > MOST_NAMED ? ` and ${parts.length - MOST_NAMED} more` : "";
  return parts.length === 0
    ? `Version ${version} is the same as version ${since}.`
    : `Version ${version} differs from version ${since} in ${named}${more}.`;
}

const MOST_NAMED = 8;
