import { CallbackSecretPanel } from "../callbacks/CallbackSecret";
import { Page } from "../look/Page";
import { useSession } from "../session/useSession";
import { QuotaPanel } from "./QuotaPanel";

/** What holds for everybody of the workspace. */
export function WorkspacePage() {
  const { workspace, role } = useSession();
  return (
    <Page title="Workspace" about={`What holds for everybody of ${workspace.name}; you are its ${role}.`}>
      <QuotaPanel />
      <CallbackSecretPanel />
    </Page>
  );
}
