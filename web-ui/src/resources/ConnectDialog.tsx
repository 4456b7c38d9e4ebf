import { Modal, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { problemOf } from "../api/problem";
import { Command } from "../look/Copyable";
import { ProblemNotice } from "../look/ProblemNotice";
import { useRefusal } from "../session/useSession";
import classes from "./ConnectDialog.module.css";
import { stepsTo } from "./connect";
import { resourceQuery } from "./resources";

interface ConnectDialogProps {
  name: string;
  onClose: () => void;
}

/** How to reach a resource from one's own machine, ready to paste. */
export function ConnectDialog({ name, onClose }: ConnectDialogProps) {
  const { data, error } = useQuery(resourceQuery(name));
  const refusal = useRefusal("operator");
  const resource = data?.value;
  return (
    <Modal opened onClose={onClose} title={`Connect to ${name}`} size="lg">
      {error && <ProblemNotice problem={problemOf(error)} />}
      {resource && (
        <Stack gap="md">
          {refusal && (
            <p className={classes.warning} role="status">
              {refusal} These commands will be refused.
            </p>
          )}
          {resource.agent.state !== "online" && (
            <p className={classes.warning} role="status">
              The agent {resource.agent.name} is {resource.agent.state}: a tunnel opens once it is back.
            </p>
          )}
          <ol className={classes.steps}>
            {stepsTo(resource, window.location.origin).map(({ purpose, command }) => (
              <li key={command}>
                <Command purpose={purpose}>{command}</Command>
              </li>
            ))}
          </ol>
          <p className={classes.note}>
            The agent {resource.agent.name} reaches it at{" "}
            <code>
              {resource.host}:{resource.port}
            </code>
            . Every tunnel is in the audit log with your name.
          </p>
        </Stack>
      )}
    </Modal>
  );
}
