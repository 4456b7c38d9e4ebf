import type { List } from "../api/list";
import { countOf, Figure, nounOf } from "../look/Figure";
import type { Tunnel } from "./tunnels";

/** How many tunnels there are. */
export function TunnelsFigure({ tunnels }: { tunnels: List<Tunnel> }) {
  const open = countOf(tunnels);
  return (
    <Figure to="/tunnels" number={open}>
      {nounOf(open, "tunnel")} open
    </Figure>
  );
}
