import { Button, Group, Loader, SegmentedControl, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Command } from "../look/Copyable";
import { useNow } from "../look/clock";
import { Icon } from "../look/Icon";
import { LinkButton } from "../look/links";
import { duration } from "../look/time";
import { agentUntilOnline, bridgesOf, type JoinToken } from "./agents";
import classes from "./JoinStep.module.css";
import { joinCommand, type Way } from "./joinCommands";

const NAMES: { value: Way; label: string }[] = [
  { value: "terminal", label: "In a terminal" },
  { value: "docker", label: "Docker" },
  { value: "helm", label: "Helm" },
  { value: "systemd", label: "systemd" },
];

/** What has to be there before. */
const FIRST: Partial<Record<Way, string>> = {
  helm: "From a checkout of Bascule, in the cluster that the agent shall live in; its guide says which image.",
  systemd: "The agent and its unit are installed first, as the guide “An agent on a machine” says.",
};

interface JoinStepProps {
  name: string;
  token: JoinToken;
  onClose: () => void;
}

/** What to run at the location, and the wait until it is there. */
export function JoinStep({ name, token, onClose }: JoinStepProps) {
  const { data: agent } = useQuery(agentUntilOnline(name));
  const left = useNow((now) => Math.max(0, Math.ceil((Date.parse(token.expiresAt) - now) / 60_000)));
  const [way, setWay] = useState<Way>("terminal");
  const online = agent?.state === "online";
  return (
    <Stack gap="md">
      <SegmentedControl
        aria-label="How to start it"
        data={NAMES}
        value={way}
        onChange={(chosen) => setWay(chosen as Way)}
      />
      <Command purpose="Run this where the agent shall live">
        {joinCommand(way, window.location.origin, token.token)}
      </Command>
      {FIRST[way] && <p className={classes.note}>{FIRST[way]}</p>}
      <p className={classes.note}>
        {left > 0
          ? `The token works once, for another ${duration(left * 60_000)}, and is not shown again.`
          : "The token has expired. Close this and create another one."}
      </p>
      <div className={classes.wait} data-online={online || undefined} role="status">
        {online ? <Icon name="check" /> : <Loader size={16} />}
        {online
          ? `${name} is online, connected to ${bridgesOf(agent).join(" and ") || "its bridge"}.`
          : `Waiting for ${name}…`}
      </div>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {online ? "Done" : "Close"}
        </Button>
        {online && (
          <LinkButton to="/resources" search={{ dialog: "create" }}>
            Add a resource
          </LinkButton>
        )}
      </Group>
    </Stack>
  );
}
