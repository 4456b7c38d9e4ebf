package io.bascule.bridge.legs;

import io.bascule.bridge.pairing.PairingRules;
import java.time.InstantSource;

/** What all tunnels of a bridge share. */
record TunnelContext(
        PairingRules rules,
        InstantSource clock,
        AgentCaller agents,
        BufferBudget budget,
        TunnelLedger ledger,
        Migrations migrations,
        Faults faults) {}
