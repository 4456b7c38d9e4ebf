package io.bascule.cli.tunnel;

import io.bascule.cli.api.CommandFailure;
import io.bascule.cli.api.ExitCode;
import java.io.IOException;
import java.net.Socket;
import java.util.Optional;

/** Learns from a new local connection which resource it is for, and tells it what came of that. */
interface Reception {

    /** The resource that is asked for; empty if the connection was turned away with an explanation. */
    Optional<String> welcome(Socket connection) throws IOException;

    /** There is a tunnel now: what follows on the connection is its bytes. */
    default void granted(Socket connection) throws IOException {}

    /** There is none. */
    default void refused(Socket connection, CommandFailure why) throws IOException {}

    /** Every connection is for one resource, and says nothing about it. */
    static Reception of(String resource) {
        return _ -> Optional.of(resource);
    }

    /** Whether no such resource is known, rather than that it cannot be had. */
    static boolean isUnknown(CommandFailure why) {
        return why.exitCode() == ExitCode.NOT_FOUND;
    }
}
