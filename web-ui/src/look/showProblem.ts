import { notifications } from "@mantine/notifications";
import { problemOf } from "../api/problem";

/** Tells about an action that failed where there is no form to tell it at. */
export function showProblem(error: unknown): void {
  const { title, detail } = problemOf(error);
  notifications.show({ color: "red", title, message: detail });
}
