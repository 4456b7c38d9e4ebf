# Writes NetworkPolicies as a table of nftables: for each pod that a policy isolates, a chain that returns for what some policy
# permits and rejects the rest; what goes from pod to pod has to pass the sender's egress and the receiver's ingress. What belongs to a
# connection that was let through goes on. The node itself is let through, as Kubernetes wants it for kubelet's probes.
# Takes lists of the API as $pods, $namespaces and $policies. Named ports of egress rules are refused: nothing here has any.

def selected($selector): . as $labels
  | all(($selector.matchLabels // {}) | to_entries[]; $labels[.key] == .value)
    and all(($selector.matchExpressions // [])[];
      . as $wanted | $labels[$wanted.key] as $value
      | if .operator == "In" then $value != null and any($wanted.values[]; . == $value)
        elif .operator == "NotIn" then all($wanted.values[]; . != $value)
        elif .operator == "Exists" then $value != null
        else $value == null end);

($namespaces[0].items | map({key: .metadata.name, value: (.metadata.labels // {})}) | from_entries) as $labelsOf
| [$pods[0].items[]
    | select(.status.podIP != null and (.spec.hostNetwork | not) and (.status.phase | IN("Pending", "Running")))
    | {address: .status.podIP, namespace: .metadata.namespace, labels: (.metadata.labels // {}),
       ports: [.spec.containers[].ports[]? | {name, number: .containerPort, protocol: (.protocol // "TCP")}]}] as $pods

# The other side of a rule: "" is anybody, nothing is nobody.
| def others($namespace; $side):
    if . == null or . == [] then ""
    else
      (.[] | select(.ipBlock) | .ipBlock
        | "ip \($side) \(.cidr) " + if .except then "ip \($side) != { \(.except | join(", ")) } " else "" end),
      ([.[] | select(.ipBlock | not) as $peer
        | $pods[]
        | select(if $peer.namespaceSelector then . as $pod | $labelsOf[$pod.namespace] | selected($peer.namespaceSelector)
                 else .namespace == $namespace end)
        | select(.labels | selected($peer.podSelector // {}))
        | .address] | unique
        | if . == [] then empty else "ip \($side) { \(join(", ")) } " end)
    end;

def ports($pod):
    if . == null or . == [] then ""
    else .[]
      | (.protocol // "TCP") as $protocol
      | if .port == null then "meta l4proto \($protocol | ascii_downcase) "
        elif .endPort then "\($protocol | ascii_downcase) dport \(.port)-\(.endPort) "
        elif (.port | type) == "number" then "\($protocol | ascii_downcase) dport \(.port) "
        elif $pod == null then error("a named port in an egress rule: \(.port)")
        else .port as $name
          | $pod.ports[] | select(.name == $name and .protocol == $protocol)
          | "\($protocol | ascii_downcase) dport \(.number) "
        end
    end;

def policiesOf($pod; $type):
    [$policies[0].items[]
      | select(.metadata.namespace == $pod.namespace and (.spec.policyTypes | index($type))
               and (.spec.podSelector as $selector | $pod.labels | selected($selector)))];

[$pods[]
  | . as $pod
  | ("Egress", "Ingress") as $type
  | policiesOf($pod; $type)
  | select(. != [])
  | {pod: $pod, type: $type, chain: "\($type | ascii_downcase)-\($pod.address | gsub("\\."; "-"))",
     permitted: [.[] | .metadata.namespace as $namespace
       | if $type == "Ingress"
         then .spec.ingress[]? | (.from | others($namespace; "saddr")) + (.ports | ports($pod))
         else .spec.egress[]? | (.to | others($namespace; "daddr")) + (.ports | ports(null)) end]}]
| "table ip bascule-policies\ndelete table ip bascule-policies\ntable ip bascule-policies {",
  (.[] | "  chain \(.chain) {", (.permitted[] | "    \(.)return"), "    reject with icmp type admin-prohibited", "  }"),
  # Between pods, where the bridge shows its frames to the packet filter; then from pods to this machine.
  "  chain forward {", "    type filter hook forward priority -5; policy accept;", "    ct state established,related accept",
  (.[] | "    ip \(if .type == "Egress" then "saddr" else "daddr" end) \(.pod.address) jump \(.chain)"), "  }",
  "  chain input {", "    type filter hook input priority -5; policy accept;", "    ct state established,related accept",
  (.[] | select(.type == "Egress") | "    ip saddr \(.pod.address) jump \(.chain)"), "  }",
  "}"
