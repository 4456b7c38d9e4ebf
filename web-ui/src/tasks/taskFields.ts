import { parseInput, writeInput } from "../look/json";
import { exampleOf } from "./schema";
import type { TaskType } from "./tasks";

/** What a form holds about a task that is to be submitted, now or later. */
export interface TaskFieldValues {
  type: string;
  input: string;
  queue: string;
  priority: number;
  maxFailures: number;
}

/** Something to start from: a task, or what a schedule submits. */
export interface TaskModel {
  type: string;
  input: unknown;
  queue?: string | null;
  priority?: number;
  retry?: { maxFailures: number };
}

/** What is said about a task. */
export interface Template {
  type: string;
  input: unknown;
  queue?: string;
  priority?: number;
}

export function taskFieldsOf(types: TaskType[], model: TaskModel | undefined): TaskFieldValues {
  const type = model?.type ?? types[0]?.type ?? "";
  return {
    type,
    input: model ? writeInput(model.input) : exampleInput(types, type),
    queue: model?.queue ?? "",
    priority: model?.priority ?? 0,
    maxFailures: model?.retry?.maxFailures ?? 1,
  };
}

/** An input to start from, as text. */
export function exampleInput(types: TaskType[], type: string): string {
  return writeInput(exampleOf(types.find((one) => one.type === type)?.inputSchema));
}

/** What is left as it is usual is not said. */
export function templateOf({ type, input, queue, priority }: TaskFieldValues): Template {
  return {
    type,
    input: parseInput(input).value,
    ...(queue ? { queue } : {}),
    ...(priority ? { priority: Number(priority) } : {}),
  };
}
