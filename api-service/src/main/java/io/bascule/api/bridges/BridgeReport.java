package io.bascule.api.bridges;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a bridge says every second: changes since its last report, or everything when it is full.
 *
 * @param bootId new at each start of the bridge
 * @param sequence counts the reports of a boot
 * @param full whether all agents and tunnels are named
 * @param revocationsKnown the highest revocation that the bridge knows; null or 0 for none
 */
public record BridgeReport(
        UUID bootId,
        String address,
        String authority,
        boolean draining,
        long sequence,
        boolean full,
        @Nullable Long revocationsKnown,
        Agents agents,
        Tunnels tunnels) {

    public BridgeReport {
        agents = Objects.requireNonNullElse(agents, new Agents(null, null));
        tunnels = Objects.requireNonNullElse(tunnels, new Tunnels(null, null, null));
    }

    /** The highest revocation that the bridge knows; 0 for none. */
    long latestRevocation() {
        return revocationsKnown == null ? 0 : revocationsKnown;
    }

    /** Agents whose control stream began or ended; a full report names all that have one as connected. */
    public record Agents(List<Connected> connected, List<Disconnected> disconnected) {

        public Agents(@Nullable List<Connected> connected, @Nullable List<Disconnected> disconnected) {
            this.connected = orNone(connected);
            this.disconnected = orNone(disconnected);
        }
    }

    /** An agent instance with a control stream to this bridge. */
    public record Connected(UUID agent, String instance, String version) {

        private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._+-]{1,128}");

        /** Whether the agent chose words that can stand in a key; else it is sent away, and its bridge still heard. */
        boolean wellFormed() {
            return fits(instance) && fits(version);
        }

        private static boolean fits(@Nullable String word) {
            return word != null && WORD.matcher(word).matches();
        }
    }

    /** An agent instance that has none any more. */
    public record Disconnected(UUID agent, String instance) {}

    /**
     * Tunnels that got both ends, and that ended.
     *
     * @param open in a full report all that have both ends now
     */
    public record Tunnels(List<Attached> attached, List<Closed> closed, List<Open> open) {

        public Tunnels(@Nullable List<Attached> attached, @Nullable List<Closed> closed, @Nullable List<Open> open) {
            this.attached = orNone(attached);
            this.closed = orNone(closed);
            this.open = orNone(open);
        }
    }

    /** A tunnel whose two ends met on this bridge. */
    public record Attached(UUID tunnel, long epoch) {}

    /**
     * A tunnel that this bridge has no longer, with the code and text of its reset, or 0 when both ends were done.
     *
     * @param moved whether it may go on elsewhere; if not, or null, it is over
     * @param bytesFromClient that came by this bridge since it last reported the tunnel as closed
     * @param bytesFromAgent likewise
     */
    public record Closed(
            UUID tunnel,
            long epoch,
            @Nullable Boolean moved,
            long bytesFromClient,
            long bytesFromAgent,
            int code,
            @Nullable String text) {

        public boolean mayGoOn() {
            return Boolean.TRUE.equals(moved);
        }
    }

    /** A tunnel that runs. */
    public record Open(UUID tunnel, long epoch, long bytesFromClient, long bytesFromAgent) {}

    private static <T> List<T> orNone(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
