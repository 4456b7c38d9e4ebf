package io.bascule.api.workspaces;

import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The workspaces of the caller. */
@RestController
@RequestMapping(path = "/api/{version}/workspaces", version = "1")
class WorkspaceController {

    private final Workspaces workspaces;

    WorkspaceController(Workspaces workspaces) {
        this.workspaces = workspaces;
    }

    /** A workspace and what the caller is in it. */
    record Workspace(UUID id, String name, Role role, Instant createdAt) {}

    /** All of them; nobody is a member of more than fit one page. */
    record WorkspaceList(List<Workspace> items) {}

    @GetMapping
    @Operation(summary = "List the workspaces you are a member of")
    WorkspaceList list(Caller caller) {
        return new WorkspaceList(workspaces.of(caller.user()));
    }
}
