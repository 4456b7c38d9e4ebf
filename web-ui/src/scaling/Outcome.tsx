import { Stack } from "@mantine/core";
import { type Curve, Curves } from "../look/Curves";
import { duration } from "../look/time";
import classes from "./Outcome.module.css";
import type { Course, Moment } from "./scaling";
import type { SimulatorFields } from "./simulatorFields";

interface OutcomeProps {
  fields: SimulatorFields;
  /** The deployed policy's, then the other one's, if there is one. */
  courses: Course[];
}

/** What came of a simulation: pods and jobs over time, and the figures that decide. */
export function Outcome({ fields, courses }: OutcomeProps) {
  const lastSecond = courses[0]?.moments.at(-1)?.second ?? 0;
  const end = fields.load === "recorded" ? duration(lastSecond * 1_000) : `${fields.minutes} min`;
  const names = courses.length > 1 ? ["deployed", `${fields.otherMaxPods} at most`] : [fields.component];
  const curves = (tone: Curve["tone"], value: (moment: Moment) => number, what = ""): Curve[] =>
    courses.map(({ moments }, i) => ({
      name: `${names[i]}${what}`,
      tone,
      dashed: i > 0,
      values: moments.map(value),
    }));
  return (
    <Stack gap="md" aria-live="polite">
      <table className={classes.figures}>
        <thead>
          <tr>
            <th scope="col">Policy</th>
            <th scope="col">Most pods</th>
            <th scope="col">Pod hours</th>
            <th scope="col">Changes</th>
            <th scope="col">Most that waited</th>
            <th scope="col">Wait, half of all</th>
            <th scope="col">Wait, 99 of 100</th>
          </tr>
        </thead>
        <tbody>
          {courses.map(({ summary }, i) => (
            <tr key={names[i]}>
              <th scope="row">{names[i]}</th>
              <td>{summary.mostPods}</td>
              <td>{summary.podHours.toFixed(1)}</td>
              <td>{summary.changes}</td>
              <td>{Math.round(summary.mostWaiting).toLocaleString("en")}</td>
              <td>{summary.waitP50.toFixed(1)} s</td>
              <td>{summary.waitP99.toFixed(1)} s</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Curves title="Pods" curves={curves("accent", ({ pods }) => pods)} end={end} />
      <Curves title="Jobs that wait" curves={curves("warn", ({ waiting }) => waiting)} end={end} />
      <Curves
        title="Jobs a second"
        curves={[
          { name: "that come", tone: "busy", values: courses[0]?.moments.map(({ arrivals }) => arrivals) ?? [] },
        ]}
        end={end}
      />
    </Stack>
  );
}
