import type { components, paths } from "../../openapi/api";

/** Everything that the API's description names: `Schemas["TaskView"]`. The build writes it from that description. */
export type Schemas = components["schemas"];

type Root = "/api/v1";
type Method = "GET" | "POST" | "PUT" | "DELETE";

/** All that can be asked of the API, as one reads it in its description: `GET /tasks/{id}`. */
export type Operation = {
  [Path in keyof paths]: Path extends `${Root}${infer Below}` ? `${MethodOf<paths[Path]>} ${Below}` : never;
}[keyof paths];

type MethodOf<Described> = {
  [M in Method]: Described extends Record<Lowercase<M>, object> ? M : never;
}[Method];

/** What the description says of an operation. */
type DescribedAs<O extends Operation> = O extends `${infer M extends Method} ${infer Below}`
  ? paths[`${Root}${Below}` & keyof paths][Lowercase<M>]
  : never;

/** The body of the answer to an operation; undefined when there is none. */
export type AnswerTo<O extends Operation> =
  DescribedAs<O> extends { responses: infer Responses }
    ? { [Status in keyof Responses & (200 | 201 | 202 | 204)]: JsonOf<Responses[Status]> }[keyof Responses &
        (200 | 201 | 202 | 204)]
    : never;

type JsonOf<Message> = Message extends { content: { "application/json": infer Body } } ? Body : undefined;

type ParametersOf<O extends Operation> = DescribedAs<O> extends { parameters: infer Parameters } ? Parameters : never;

/** What an operation is filtered by. */
export type QueryOf<O extends Operation> =
  ParametersOf<O> extends { query?: infer Query }
    ? [NonNullable<Query>] extends [never]
      ? Record<never, never>
      : NonNullable<Query>
    : never;

type PathOf<O extends Operation> = ParametersOf<O> extends { path: infer Path } ? Path : undefined;

type BodyOf<O extends Operation> =
  DescribedAs<O> extends { requestBody: { content: { "application/json": infer Body } } }
    ? Body
    : DescribedAs<O> extends { requestBody?: infer Optional }
      ? JsonOf<NonNullable<Optional>> | undefined
      : undefined;

type HeaderOf<O extends Operation, Name extends string> =
  ParametersOf<O> extends {
    header?: Partial<Record<Name, infer Value>>;
  }
    ? unknown extends Value
      ? undefined
      : string
    : undefined;

/** A part of a call that must be there when the operation takes one, and must not when it does not. */
type Part<Name extends string, Value> = undefined extends Value ? { [N in Name]?: Value } : { [N in Name]: Value };

/** What goes with a call. */
export type CallOf<O extends Operation> = Part<"path", PathOf<O>> &
  Part<"body", BodyOf<O>> & {
    /** What is empty, null or undefined is left out. */
    query?: { [Name in keyof QueryOf<O>]?: QueryOf<O>[Name] | "" | null };
    /** The version the caller has seen (its ETag); the server refuses when there is a newer one. */
    ifMatch?: HeaderOf<O, "If-Match">;
    /** Makes a repeated POST harmless; one key per thing the user wants created. */
    idempotencyKey?: HeaderOf<O, "Idempotency-Key">;
    /** How long the answer may wait for the end of what is asked for. */
    waitSeconds?: HeaderOf<O, "Prefer"> extends undefined ? undefined : number;
    signal?: AbortSignal;
  };

/** The operations that list something. */
export type ListOperation = {
  [O in Operation]: O extends `GET ${string}` ? (AnswerTo<O> extends { items: unknown[] } ? O : never) : never;
}[Operation];

/** What a list is of. */
export type ItemOf<O extends ListOperation> = AnswerTo<O> extends { items: (infer Item)[] } ? Item : never;
