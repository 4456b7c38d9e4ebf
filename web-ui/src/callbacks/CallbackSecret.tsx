import { getRouteApi } from "@tanstack/react-router";
import { LinkButton } from "../look/links";
import { Panel, PanelBody } from "../look/Page";
import { useRefusal } from "../session/useSession";
import { RotateSecretDialog } from "../webhooks/RotateSecretDialog";
import { rotateCallbackSecret } from "./callbacks";

const route = getRouteApi("/signed-in/console/settings");

/** What signs the callbacks of tasks, and how it is made. */
export function CallbackSecretPanel() {
  const refusal = useRefusal("admin");
  const { dialog } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Panel title="Callbacks">
      <PanelBody>
        <p>
          A task may name an address that is told of its end. What is sent there is signed with a secret of this
          workspace, so that its receiver knows who it comes from; without one such tasks are refused.
        </p>
        <div>
          <LinkButton
            to="/console/settings"
            search={{ dialog: "callback-secret" }}
            variant="default"
            disabled={!!refusal}
            title={refusal}
          >
            Make signing secret…
          </LinkButton>
        </div>
      </PanelBody>
      {dialog === "callback-secret" && !refusal && (
        <RotateSecretDialog
          title="Make the secret that signs callbacks?"
          titleAfter="Signing secret of callbacks"
          action="Make secret"
          rotate={async (overlapSeconds) => ({ ...(await rotateCallbackSecret(overlapSeconds)), name: "callbacks" })}
          onClose={() => navigate({ search: {} })}
        />
      )}
    </Panel>
  );
}
