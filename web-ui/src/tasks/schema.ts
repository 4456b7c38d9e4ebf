/** As much of a JSON Schema as we explain to people; the server checks all of it. */
export interface Schema {
  type?: string | string[];
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  enum?: unknown[];
  default?: unknown;
  examples?: unknown[];
  minimum?: number;
  maximum?: number;
  items?: Schema;
  oneOf?: Schema[];
}

/** One field of a task's input, in words. */
export interface Field {
  name: string;
  required: boolean;
  /** Its type and bounds: "integer, 0 to 60000". */
  kind: string;
  description: string | undefined;
}

export function fieldsOf(schema: Schema | undefined): Field[] {
  const required = new Set(schema?.required ?? []);
  const fields = Object.entries(schema?.properties ?? {}).map(([name, property]) => ({
    name,
    required: required.has(name),
    kind: kindOf(property),
    description: property.description,
  }));
  return fields.sort((one, other) => Number(other.required) - Number(one.required));
}

/** The sets of fields of which one must be given, in words: "url, or resource and path". */
export function alternativesOf(schema: Schema | undefined): string | undefined {
  const sets = (schema?.oneOf ?? []).map(({ required }) => required ?? []).filter((names) => names.length > 0);
  return sets.length > 1 ? sets.map((names) => names.join(" and ")).join(", or ") : undefined;
}

/** An input to start from: what is required, or else the first field. */
export function exampleOf(schema: Schema | undefined): unknown {
  const given = schema?.examples?.[0] ?? schema?.default;
  if (given !== undefined) {
    return given;
  }
  const properties = Object.entries(schema?.properties ?? {});
  const required = properties.filter(([name]) => schema?.required?.includes(name));
  const chosen = required.length > 0 ? required : properties.slice(0, 1);
  return Object.fromEntries(chosen.map(([name, property]) => [name, valueFor(property)]));
}

function kindOf({ type, enum: choices, minimum, maximum, default: preset }: Schema): string {
  const name = choices
    ? choices.map((choice) => JSON.stringify(choice)).join(" or ")
    : [type ?? "any"].flat().join(" or ");
  const range = minimum !== undefined && maximum !== undefined ? `, ${minimum} to ${maximum}` : "";
  const usual = preset === undefined ? "" : `, default ${JSON.stringify(preset)}`;
  return name + range + usual;
}

function valueFor(schema: Schema): unknown {
  const given = schema.examples?.[0] ?? schema.default ?? schema.enum?.[0];
  if (given !== undefined) {
    return given;
  }
  switch ([schema.type].flat()[0]) {
    case "object":
      return {};
    case "array":
      return [];
    case "integer":
    case "number":
      return schema.minimum ?? 0;
    case "boolean":
      return false;
    default:
      return "";
  }
}
