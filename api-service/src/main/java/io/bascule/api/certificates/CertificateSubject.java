package io.bascule.api.certificates;

import java.time.Duration;
import java.util.UUID;

/** Whom a certificate names, and for how long. */
public sealed interface CertificateSubject {

    /** The common name. */
    String name();

    /** The organisational unit. */
    String kind();

    Duration lifetime();

    /** An agent, by its id. */
    record Agent(UUID id) implements CertificateSubject {

        @Override
        public String name() {
            return id.toString();
        }

        @Override
        public String kind() {
            return "agent";
        }

        @Override
        public Duration lifetime() {
            return Duration.ofDays(30);
        }
    }

    /** The client end of one tunnel, by the tunnel's id. */
    record Client(UUID tunnel) implements CertificateSubject {

        /** A standby ticket's life, and the skew that is allowed to it. */
        private static final Duration LIFETIME = Duration.ofHours(25);

        @Override
        public String name() {
            return tunnel.toString();
        }

        @Override
        public String kind() {
            return "client";
        }

        @Override
        public Duration lifetime() {
            return LIFETIME;
        }
    }

    /**
     * A bridge.
     *
     * @param name its id, such as {@code bridge-0}
     * @param authority the DNS name under which it is dialled
     */
    record Bridge(String name, String authority) implements CertificateSubject {

        @Override
        public String kind() {
            return "bridge";
        }

        @Override
        public Duration lifetime() {
            return Duration.ofDays(1);
        }
    }
}
