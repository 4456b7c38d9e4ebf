import { Button, Group, Select, Stack } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { problemOf } from "../api/problem";
import { ProblemNotice } from "../look/ProblemNotice";
import { ShownOnce } from "../look/ShownOnce";
import { type NamedSecret, signingSecret } from "./signingSecret";

const OVERLAPS = [
  { value: "86400", label: "a day" },
  { value: "3600", label: "an hour" },
  { value: "604800", label: "a week" },
  { value: "0", label: "not at all: it is known to others" },
];

interface RotateSecretDialogProps {
  title: string;
  titleAfter: string;
  action: string;
  rotate: (overlapSeconds: number) => Promise<NamedSecret>;
  onRotated?: () => Promise<void>;
  onClose: () => void;
}

/** Makes a new signing secret, beside which the one before it signs for a while, and shows it this once. */
export function RotateSecretDialog(props: RotateSecretDialogProps) {
  const { title, titleAfter, action, rotate, onRotated, onClose } = props;
  const [overlap, setOverlap] = useState("86400");
  const [rotated, setRotated] = useState<NamedSecret>();
  const rotating = useMutation({
    mutationFn: () => rotate(Number(overlap)),
    gcTime: 0,
    onSuccess: async (secret) => {
      setRotated(secret);
      await onRotated?.();
    },
  });
  return (
    <ShownOnce title={rotated ? titleAfter : title} told={rotated && signingSecret(rotated)} onClose={onClose}>
      <Stack gap="md">
        {rotating.error && <ProblemNotice problem={problemOf(rotating.error)} />}
        <Select
          label="The present secret signs beside the new one for"
          description="So long your endpoint may take to learn the new one."
          data={OVERLAPS}
          allowDeselect={false}
          value={overlap}
          onChange={(value) => value && setOverlap(value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            Keep it
          </Button>
          <Button loading={rotating.isPending} onClick={() => rotating.mutate()}>
            {action}
          </Button>
        </Group>
      </Stack>
    </ShownOnce>
  );
}
