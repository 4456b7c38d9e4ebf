import classes from "./Curves.module.css";

/** One line of a chart: a value at each of its points, evenly over time. */
export interface Curve {
  name: string;
  values: number[];
  tone: "accent" | "busy" | "warn";
  /** Another line of the same tone: drawn in dashes. */
  dashed?: boolean;
}

interface CurvesProps {
  /** What all lines show, such as `Pods`. */
  title: string;
  curves: Curve[];
  /** What stands below the first point; 0 when left out. */
  begin?: string;
  /** What stands below the last point. */
  end: string;
}

const WIDTH = 600;
const HEIGHT = 140;

/** Lines over time on one scale that begins at 0. */
export function Curves({ title, curves, begin, end }: CurvesProps) {
  const top = niceTop(Math.max(...curves.flatMap(({ values }) => values), 0));
  return (
    <figure className={classes.figure}>
      <figcaption className={classes.caption}>
        <span className={classes.title}>{title}</span>
        {curves.map(({ name, tone, dashed, values }) => (
          <span key={name} className={classes.key} data-tone={tone}>
            <svg width="18" height="8" aria-hidden="true">
              <path d="M0 4h18" className={classes.line} data-dashed={dashed || undefined} />
            </svg>
            {name}, {shown(Math.max(...values, 0))} at most
          </span>
        ))}
      </figcaption>
      <div className={classes.plot}>
        <span className={classes.scale} aria-hidden="true">
          <span>{shown(top)}</span>
          <span>0</span>
        </span>
        <svg
          className={classes.curves}
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={begin ? `${title} from ${begin} until ${end}` : `${title} over ${end}`}
        >
          <path d={`M0 ${HEIGHT / 2}H${WIDTH}`} className={classes.grid} />
          {curves.map(({ name, values, tone, dashed }) => (
            <path
              key={name}
              d={pathOf(values, top)}
              className={classes.line}
              data-tone={tone}
              data-dashed={dashed || undefined}
            />
          ))}
        </svg>
        <span className={classes.time} aria-hidden="true">
          <span>{begin ?? "0"}</span>
          <span>{end}</span>
        </span>
      </div>
    </figure>
  );
}

function pathOf(values: number[], top: number): string {
  const step = WIDTH / Math.max(1, values.length - 1);
  return values
    .map((value, i) => `${i === 0 ? "M" : "L"}${(i * step).toFixed(1)} ${(HEIGHT - (value / top) * HEIGHT).toFixed(1)}`)
    .join("");
}

/** The next of 1, 2, 5, 10, 20 … */
export function niceTop(most: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(most, 1)));
  return [1, 2, 5, 10].map((factor) => factor * power).find((top) => top >= most) ?? most;
}

function shown(number: number): string {
  return number.toLocaleString("en", { maximumFractionDigits: number < 10 ? 1 : 0 });
}
