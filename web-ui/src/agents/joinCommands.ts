export type Way = "terminal" | "docker" | "helm" | "systemd";

/** What to type to start an agent, one way or another; they are those of docs/guides/agents.md and deployment.md. */
export function joinCommand(way: Way, url: string, token: string): string {
  switch (way) {
    case "terminal":
      return `bascule agent run --api ${url} --join-token ${token}`;
    case "docker":
      return `docker run --detach --name bascule-agent --restart unless-stopped \\
  -e BASCULE_API_URL=${url} \\
  -e BASCULE_JOIN_TOKEN=${token} \\
  -e BASCULE_STATE_DIRECTORY=/var/lib/bascule \\
  -v bascule-agent:/var/lib/bascule \\
  bascule/agent run`;
    case "helm":
      return `helm upgrade --install bascule-agent charts/bascule-agent \\
  --set apiUrl=${url} \\
  --set joinToken=${token}`;
    case "systemd":
      return `umask 077
cat >/etc/bascule/agent.env <<'END'
BASCULE_API_URL=${url}
BASCULE_JOIN_TOKEN=${token}
END
systemctl enable --now bascule-agent`;
  }
}
