import { bytes } from "../look/bytes";
import { Panel } from "../look/Page";
import classes from "./FunctionWorkbench.module.css";
import type { Bundle } from "./functions";

/** What a version of several files is made of. */
export function FilesPanel({ bundle }: { bundle: Bundle }) {
  return (
    <Panel title="Files">
      <ul className={classes.files}>
        {bundle.files.map((file) => (
          <li key={file.path} className={classes.file} aria-current={file.path === bundle.main}>
            <span className={classes.path}>{file.path}</span>
            <span className={classes.hint}>{bytes(file.bytes)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
