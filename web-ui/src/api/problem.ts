/** One thing wrong with one part of a request; the pointer is a JSON pointer into the request's body. */
export interface FieldError {
  pointer: string;
  detail: string;
}

/** Why a call failed, in words for people and a code for us. Status 0: no answer came at all. */
export interface Problem {
  status: number;
  code: string;
  title: string;
  detail?: string;
  errors: FieldError[];
  traceId?: string;
  /** How long the server asks us to wait before the next try. */
  retryAfterSeconds?: number;
}

/** Thrown by every failed call of the API. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail ?? problem.title);
    this.name = "ProblemError";
    this.problem = problem;
  }
}

/** The problem behind whatever was thrown. A bug of ours is told as one, never hidden. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) {
    return error.problem;
  }
  const detail = error instanceof Error ? error.message : String(error);
  return { status: 0, code: "page-failed", title: "This page failed", detail, errors: [] };
}

/** True while trying again may help without anyone changing anything. */
export function isTemporary(problem: Problem): boolean {
  return problem.code === "unreachable" || [502, 503, 504].includes(problem.status);
}

export function unreachable(): Problem {
  return {
    status: 0,
    code: "unreachable",
    title: "Bascule does not answer",
    detail: "Check your network and that the platform is running. This page tries again by itself.",
    errors: [],
  };
}

/** Reads a failed answer, whether it is a problem document or whatever a proxy in between has sent. */
export async function readProblem(response: Response): Promise<Problem> {
  const retryAfter = Number(response.headers.get("Retry-After") ?? Number.NaN);
  const retryAfterSeconds = Number.isFinite(retryAfter) ? retryAfter : undefined;
  const body = await response.json().catch(() => null);
  if (!isRecord(body) || typeof body.title !== "string") {
    return { ...withoutDocument(response), retryAfterSeconds };
  }
  return {
    status: response.status,
    code: textOf(body.code) ?? `http-${response.status}`,
    title: body.title,
    detail: textOf(body.detail),
    errors: Array.isArray(body.errors) ? body.errors.filter(isFieldError) : [],
    traceId: textOf(body.traceId),
    retryAfterSeconds,
  };
}

function withoutDocument({ status, statusText }: Response): Problem {
  if ([502, 503, 504].includes(status)) {
    const detail = "The platform is starting or being updated. This page tries again by itself.";
    return { status, code: `http-${status}`, title: "Back in a moment", detail, errors: [] };
  }
  const title = `The server answered ${status}${statusText ? ` ${statusText}` : ""}`;
  return { status, code: `http-${status}`, title, errors: [] };
}

function isFieldError(value: unknown): value is FieldError {
  return isRecord(value) && typeof value.pointer === "string" && typeof value.detail === "string";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
