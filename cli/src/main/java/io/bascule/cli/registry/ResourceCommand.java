package io.bascule.cli.registry;

import io.bascule.cli.api.Api;
import io.bascule.cli.api.Call;
import io.bascule.cli.api.ExitCode;
import io.bascule.cli.output.Shell;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Declares what an agent reaches. */
@Command(
        name = "resource",
        description = "Resources: create, get, delete. `bascule ls` lists them.",
        synopsisSubcommandLabel = "COMMAND")
public final class ResourceCommand {

    private final Shell shell;

    public ResourceCommand(Shell shell) {
        this.shell = shell;
    }

    private Api api() {
        return Api.signedIn(shell.environment());
    }

    @Command(name = "get", description = "Show a resource.")
    int get(@Parameters(paramLabel = "NAME") String name) {
        shell.one(api().send(Call.get("/resources/" + Call.segment(name))).body());
        return ExitCode.OK;
    }

    @Command(name = "delete", description = "Delete a resource.")
    int delete(@Parameters(paramLabel = "NAME") String name) {
        api().remove("/resources/" + Call.segment(name));
        shell.say("Deleted " + name);
        return ExitCode.OK;
    }
}
