import { Modal } from "@mantine/core";
import { useState } from "react";
import { SigningSecret } from "./SigningSecret";
import { WebhookForm } from "./WebhookForm";
import type { Signing } from "./webhooks";

interface CreateDialogProps {
  onClose: () => void;
  /** Called with the new webhook's name once its secret was shown. */
  onCreated: (name: string) => void;
}

/** Makes a webhook, then shows its signing secret; a stray click or key does not lose that. */
export function CreateDialog({ onClose, onCreated }: CreateDialogProps) {
  const [created, setCreated] = useState<Signing>();
  const close = () => (created ? onCreated(created.name) : onClose());
  return (
    <Modal
      opened
      onClose={close}
      title={created ? `Webhook ${created.name} created` : "Create webhook"}
      size="lg"
      closeOnClickOutside={!created}
      closeOnEscape={!created}
    >
      {created ? (
        <SigningSecret signing={created} onClose={close} />
      ) : (
        <WebhookForm onSaved={(saved) => "secret" in saved && setCreated(saved)} onCancel={onClose} />
      )}
    </Modal>
  );
}
