import { alternativesOf, fieldsOf, type Schema } from "./schema";
import classes from "./TaskFields.module.css";

/** What a task type understands, beside the place where it is written. */
export function InputHint({ schema }: { schema: Schema | undefined }) {
  const fields = fieldsOf(schema);
  const alternatives = alternativesOf(schema);
  return (
    <section className={classes.hint} aria-label="What the input may hold">
      <h3 className={classes.hintTitle}>Fields</h3>
      {fields.length === 0 && <span className={classes.kind}>Any JSON value.</span>}
      {alternatives && <p className={classes.needs}>Give {alternatives}.</p>}
      <dl className={classes.fields}>
        {fields.map(({ name, kind, required, description }) => (
          <div key={name}>
            <dt>
              <code>{name}</code>
              {required && <strong title="required"> *</strong>} <span className={classes.kind}>{kind}</span>
            </dt>
            {description && <dd>{description}</dd>}
          </div>
        ))}
      </dl>
    </section>
  );
}
