package io.bascule.cli.tunnel;

import io.bascule.cli.api.CommandFailure;
import io.bascule.cli.api.ExitCode;

/**
 * A resource and the port of this machine that leads to it, as a person writes them: {@code NAME} or {@code NAME:PORT}.
 *
 * @param port 0 for any that is free
 */
record Forward(String resource, int port) {

    private static final int HIGHEST = 65_535;

    static Forward parse(String text, int otherwise) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            return new Forward(text, otherwise);
        }
        String port = text.substring(colon + 1);
        if (colon > 0 && port.matches("[0-9]{1,5}") && Integer.parseInt(port) <= HIGHEST) {
            return new Forward(text.substring(0, colon), Integer.parseInt(port));
        }
        throw new CommandFailure(
                ExitCode.USAGE, "%s: expected NAME or NAME:PORT with a port of 0 to %d".formatted(text, HIGHEST));
    }
}
