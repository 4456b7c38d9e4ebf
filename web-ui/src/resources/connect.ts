import type { Resource, ResourceKind } from "./resources";

/** One step of reaching a resource from one's own machine. */
export interface Step {
  purpose: string;
  command: string;
}

/** Local ports far from those that people's own servers use. */
const LOCAL_PORT: Record<ResourceKind, number> = {
  tcp: 17000,
  ssh: 12222,
  http: 18080,
  kubernetes: 16443,
  postgres: 15432,
  mysql: 13306,
};

/** The commands that lead from a terminal to the resource. */
export function stepsTo(resource: Pick<Resource, "name" | "kind" | "host">, api: string): Step[] {
  const port = LOCAL_PORT[resource.kind];
  return [
    { purpose: "Sign in once per machine", command: `bascule login ${api}` },
    {
      purpose: `Open a tunnel to ${resource.name} and leave it running`,
      command: `bascule tcp ${quoted(resource.name)} --port ${port}`,
    },
    lastStep(resource, port),
    ...shortcut(resource),
  ];
}

/** The one command that stands for the last two, where there is one. */
function shortcut({ name, kind }: Pick<Resource, "name" | "kind">): Step[] {
  return kind === "postgres"
    ? [{ purpose: "Or both in one", command: `bascule psql ${quoted(name)} -U postgres` }]
    : [];
}

function lastStep({ kind, host }: Pick<Resource, "kind" | "host">, port: number): Step {
  switch (kind) {
    case "postgres":
      return { purpose: "Use it in another terminal", command: `psql -h 127.0.0.1 -p ${port} -U postgres` };
    case "mysql":
      return { purpose: "Use it in another terminal", command: `mysql -h 127.0.0.1 -P ${port} -u root -p` };
    case "ssh":
      return {
        purpose: "Use it in another terminal",
        command: `ssh -p ${port} -o HostKeyAlias=${host} user@127.0.0.1`,
      };
    case "http":
      return { purpose: "Use it in another terminal", command: `curl -i http://127.0.0.1:${port}/` };
    case "kubernetes":
      return {
        purpose: "Use it in another terminal",
        command: `kubectl --server https://127.0.0.1:${port} --tls-server-name ${host} get nodes`,
      };
    case "tcp":
      return { purpose: "Use it in another terminal", command: `nc 127.0.0.1 ${port}` };
  }
}

/** The name as one word of a shell. */
function quoted(name: string): string {
  return /^[\w.@%+:/-]+$/.test(name) ? name : `'${name.replaceAll("'", `'\\''`)}'`;
}
