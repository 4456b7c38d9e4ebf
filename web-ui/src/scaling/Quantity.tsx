import { NumberInput } from "@mantine/core";
import type { useForm } from "@mantine/form";
import type { SimulatorFields } from "./simulatorFields";

export type SimulatorForm = ReturnType<typeof useForm<SimulatorFields>>;

interface QuantityProps {
  label: string;
  name: Exclude<keyof SimulatorFields, "component" | "load" | "source" | "recorded">;
  form: SimulatorForm;
  least?: number;
  optional?: boolean;
}

/** A number of the simulator's form. */
export function Quantity({ label, name, form, least = 0, optional = false }: QuantityProps) {
  return (
    <NumberInput
      label={label}
      min={least}
      required={!optional}
      withAsterisk={false}
      hideControls
      w={optional ? 180 : 145}
      {...form.getInputProps(name)}
    />
  );
}
