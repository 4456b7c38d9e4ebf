package io.bascule.api.functions;

import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.bascule.api.functions.FunctionView.VersionView;
import io.bascule.api.pages.Page;
import io.bascule.api.pages.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Functions of the caller's workspace. */
@RestController
@RequestMapping(path = "/api/{version}/functions", version = "1")
class FunctionController {

    /** What tasks are described as; the record itself is that feature's own. */
    private static final String TASK = "#/components/schemas/TaskView";

    private static final Pattern VERSION = Pattern.compile("\\d{1,9}");

    private final PutFunction putFunction;
    private final RunFunction runFunction;
    private final FindFunction findFunction;
    private final DeleteFunction deleteFunction;
    private final JdbcFunctions functions;

    FunctionController(
            PutFunction putFunction,
            RunFunction runFunction,
            FindFunction findFunction,
            DeleteFunction deleteFunction,
            JdbcFunctions functions) {
        this.putFunction = putFunction;
        this.runFunction = runFunction;
        this.findFunction = findFunction;
        this.deleteFunction = deleteFunction;
        this.functions = functions;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Create a function with its first version")
    ResponseEntity<FunctionView> create(Caller caller, @RequestBody WantedFunction wanted) {
        FunctionView function = putFunction.create(caller, wanted);
        return ResponseEntity.created(URI.create("/api/v1/functions/" + function.name()))
                .body(function);
    }

    @PostMapping("/{name}/versions")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Add a version to a function")
    ResponseEntity<FunctionView> addVersion(
            Caller caller, @PathVariable String name, @RequestBody WantedVersion wanted) {
        FunctionView function = putFunction.addVersion(caller, name, wanted);
        URI location = URI.create("/api/v1/functions/%s/versions/%d".formatted(name, function.latestVersion()));
        return ResponseEntity.created(location).body(function);
    }

    /** The task that runs it, as {@code POST /api/v1/tasks} answers. */
    @PostMapping("/{name}:run")
    @Operation(summary = "Run a function")
    @ApiResponse(
            responseCode = "200",
            description = "It ended within the time that Prefer: wait gave it",
            content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(ref = TASK)))
    @ApiResponse(
            responseCode = "202",
            description = "Accepted; its address is in Location",
            content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(ref = TASK)))
    ResponseEntity<?> run(
            Caller caller,
            @PathVariable String name,
            @RequestBody WantedRun wanted,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestHeader(name = "Prefer", required = false) @Nullable List<String> preferences) {
        return runFunction.run(caller, name, wanted, key, preferences);
    }

    @GetMapping
    @Operation(summary = "List the functions")
    ResponseEntity<Page<FunctionView>> list(
            Caller caller,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        caller.require(Role.VIEWER);
        PageRequest request = PageRequest.of(limit, cursor);
        var found = functions.list(caller.workspace(), request.position().orElse(""), request.fetch());
        return Page.cut(found, request, FunctionView::name).toResponse();
    }

    /** With the code of its latest version. */
    @GetMapping("/{name}")
    @Operation(summary = "Show the newest version of a function")
    FunctionView get(Caller caller, @PathVariable String name) {
        caller.require(Role.VIEWER);
        return findFunction.find(caller.workspace(), name, 0);
    }

    /** The newest first, without their code. */
    @GetMapping("/{name}/versions")
    @Operation(summary = "List the versions of a function")
    ResponseEntity<Page<VersionView>> versions(
            Caller caller,
            @PathVariable String name,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        caller.require(Role.VIEWER);
        PageRequest request = PageRequest.of(limit, cursor);
        findFunction.find(caller.workspace(), name, 0);
        int before = request.position()
                .filter(VERSION.asMatchPredicate())
                .map(Integer::parseInt)
                .orElse(Integer.MAX_VALUE);
        var found = functions.versions(caller.workspace(), name, before, request.fetch());
        return Page.cut(found, request, version -> Integer.toString(version.version()))
                .toResponse();
    }

    /** Beside the version before it, or another. */
    @GetMapping("/{name}/versions/{number}/changes")
    @Operation(summary = "Tell how a version of a function differs from another")
    VersionChanges changes(
            Caller caller,
            @PathVariable String name,
            @PathVariable int number,
            @RequestParam(required = false) @Nullable Integer since) {
        caller.require(Role.VIEWER);
        return findFunction.changes(caller.workspace(), name, number, since == null ? number - 1 : since);
    }

    @DeleteMapping("/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Delete a function with all its versions")
    void delete(Caller caller, @PathVariable String name) {
        deleteFunction.delete(caller, name);
    }

    @GetMapping("/{name}/versions/{number}")
    @Operation(summary = "Show one version of a function")
    FunctionView getVersion(Caller caller, @PathVariable String name, @PathVariable int number) {
        caller.require(Role.VIEWER);
        return findFunction.find(caller.workspace(), name, Math.max(1, number));
    }
}
