import { counted } from "../look/counted";
import { State, type Tone } from "../look/State";
import type { DeliveryState, Webhook } from "./webhooks";

export function WebhookState({ webhook: { enabled, disabledReason, failures } }: { webhook: Webhook }) {
  if (!enabled) {
    return disabledReason ? (
      <span title={disabledReason}>
        <State tone="bad">disabled</State>
      </span>
    ) : (
      <State tone="idle">off</State>
    );
  }
  return failures > 0 ? (
    <span title={`${counted(failures, "attempt")} in a row failed`}>
      <State tone="warn">failing</State>
    </span>
  ) : (
    <State tone="good">on</State>
  );
}

const TONES: Record<DeliveryState, Tone> = { waiting: "warn", sending: "busy", delivered: "good", failed: "bad" };

export function DeliveryStateMark({ state }: { state: DeliveryState }) {
  return (
    <State tone={TONES[state]} live={state === "sending"}>
      {state}
    </State>
  );
}
