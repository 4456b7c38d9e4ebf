import { useState } from "react";
import { ShownOnce } from "../look/ShownOnce";
import { signingSecret } from "./signingSecret";
import { WebhookForm } from "./WebhookForm";
import { type Signing, told } from "./webhooks";

interface CreateDialogProps {
  onClose: () => void;
  /** Called with the new webhook's name once its secret was shown. */
  onCreated: (name: string) => void;
}

/** Makes a webhook, then shows its signing secret. */
export function CreateDialog({ onClose, onCreated }: CreateDialogProps) {
  const [created, setCreated] = useState<Signing>();
  const close = () => (created ? onCreated(created.name) : onClose());
  return (
    <ShownOnce
      title={created ? `Webhook ${created.name} created` : "Create webhook"}
      told={created && signingSecret(created)}
      onClose={close}
    >
      <WebhookForm onSaved={(saved) => setCreated(told(saved))} onCancel={onClose} />
    </ShownOnce>
  );
}
