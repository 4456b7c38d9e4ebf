import { Button, Group, Stack } from "@mantine/core";
import { Command } from "../look/Copyable";
import { Time } from "../look/Time";
import classes from "./WebhookPage.module.css";
import type { Signing } from "./webhooks";

/** The signing secret, which is told this once; what shows it forgets it when it is closed. */
export function SigningSecret({ signing, onClose }: { signing: Signing; onClose: () => void }) {
  return (
    <Stack gap="md">
      <span>
        Your endpoint verifies with this secret that an event comes from here. It is shown this once: keep it where your
        endpoint finds it.
      </span>
      <Command purpose={`Signing secret of ${signing.name}`} what="signing secret">
        {signing.secret}
      </Command>
      {signing.previousSecretUntil && (
        <p className={classes.note}>
          The secret before it ends <Time at={signing.previousSecretUntil} />; until then both sign.
        </p>
      )}
      <Group justify="flex-end">
        <Button onClick={onClose} data-autofocus>
          I have stored it
        </Button>
      </Group>
    </Stack>
  );
}
