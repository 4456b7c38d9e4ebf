import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Panel } from "../look/Page";
import classes from "./FunctionWorkbench.module.css";
import { aliasesQuery } from "./functions";

/** The names that stand for versions of a function. */
export function AliasesPanel({ name, version }: { name: string; version: number }) {
  const { data } = useQuery(aliasesQuery(name));
  if (!data) {
    return null;
  }
  return (
    <Panel title="Aliases" aside={<span className={classes.hint}>bascule fn alias set</span>}>
      <ul className={classes.files}>
        {data.items.map((alias) => (
          <li key={alias.name} className={classes.file} aria-current={alias.version === version}>
            <span className={classes.path}>{alias.name}</span>
            <Link to="/functions/$name" params={{ name }} search={{ version: alias.version }}>
              Version {alias.version}
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
