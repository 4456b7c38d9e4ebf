package io.bascule.api.functions;

import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.bascule.api.pages.Page;
import io.bascule.api.pages.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Aliases of the functions of the caller's workspace. */
@RestController
@RequestMapping(path = "/api/{version}/functions/{name}/aliases", version = "1")
class AliasController {

    private final PutAlias putAlias;
    private final DeleteAlias deleteAlias;
    private final FindAlias findAlias;
    private final FindFunction findFunction;
    private final JdbcAliases aliases;

    AliasController(
            PutAlias putAlias,
            DeleteAlias deleteAlias,
            FindAlias findAlias,
            FindFunction findFunction,
            JdbcAliases aliases) {
        this.putAlias = putAlias;
        this.deleteAlias = deleteAlias;
        this.findAlias = findAlias;
        this.findFunction = findFunction;
        this.aliases = aliases;
    }

    @GetMapping
    @Operation(summary = "List the aliases of a function")
    ResponseEntity<Page<AliasView>> list(
            Caller caller,
            @PathVariable String name,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        caller.require(Role.VIEWER);
        findFunction.requireThere(caller.workspace(), name);
        PageRequest request = PageRequest.of(limit, cursor);
        var found = aliases.list(caller.workspace(), name, request.position().orElse(""), request.fetch());
        return Page.cut(found, request, Alias::name).map(AliasView::of).toResponse();
    }

    @GetMapping("/{alias}")
    @Operation(summary = "Show an alias of a function")
    ResponseEntity<AliasView> get(Caller caller, @PathVariable String name, @PathVariable String alias) {
        caller.require(Role.VIEWER);
        Alias found = findAlias.find(caller.workspace(), name, alias);
        return ResponseEntity.ok().eTag(found.revision().entityTag()).body(AliasView.of(found));
    }

    /** 201 when it is new; an alias that is there already, as `live` always is, takes an If-Match. */
    @PutMapping("/{alias}")
    @Operation(summary = "Point an alias of a function to a version")
    ResponseEntity<AliasView> put(
            Caller caller,
            @PathVariable String name,
            @PathVariable String alias,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody WantedAlias wanted) {
        Alias after = putAlias.put(caller, name, alias, ifMatch, wanted);
        var answer = after.isNew()
                ? ResponseEntity.created(URI.create("/api/v1/functions/%s/aliases/%s".formatted(name, after.name())))
                : ResponseEntity.ok();
        return answer.eTag(after.revision().entityTag()).body(AliasView.of(after));
    }

    @DeleteMapping("/{alias}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Remove an alias of a function")
    void delete(
            Caller caller,
            @PathVariable String name,
            @PathVariable String alias,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        deleteAlias.delete(caller, name, alias, ifMatch);
    }
}
