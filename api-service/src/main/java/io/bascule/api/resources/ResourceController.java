package io.bascule.api.resources;

import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.bascule.api.pages.Page;
import io.bascule.api.pages.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Resources of the caller's workspace. */
@RestController
@RequestMapping(path = "/api/{version}/resources", version = "1")
class ResourceController {

    private final PutResource putResource;
    private final DeleteResource deleteResource;
    private final FindResource findResource;
    private final ReadResources readResources;

    ResourceController(
            PutResource putResource,
            DeleteResource deleteResource,
            FindResource findResource,
            ReadResources readResources) {
        this.putResource = putResource;
        this.deleteResource = deleteResource;
        this.findResource = findResource;
        this.readResources = readResources;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Name something an agent reaches")
    ResponseEntity<ResourceView> create(Caller caller, @RequestBody WantedResource wanted) {
        Resource resource = putResource.create(caller, wanted);
        return ResponseEntity.created(URI.create("/api/v1/resources/" + resource.id()))
                .eTag(resource.revision().entityTag())
                .body(readResources.view(resource));
    }

    @GetMapping
    @Operation(summary = "List the resources")
    ResponseEntity<Page<ResourceView>> list(
            Caller caller,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(name = "label", required = false) @Nullable List<String> labels,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        caller.require(Role.VIEWER);
        ResourceFilter filter = ResourceFilter.of(q, kind, labels);
        return readResources
                .list(caller.workspace(), filter, PageRequest.of(limit, cursor))
                .toResponse();
    }

    @GetMapping("/{idOrName}")
    @Operation(summary = "Show a resource")
    ResponseEntity<ResourceView> get(Caller caller, @PathVariable String idOrName) {
        caller.require(Role.VIEWER);
        return answer(findResource.require(caller.workspace(), idOrName));
    }

    @PutMapping("/{idOrName}")
    @Operation(summary = "Change a resource")
    ResponseEntity<ResourceView> change(
            Caller caller,
            @PathVariable String idOrName,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody WantedResource wanted) {
        return answer(putResource.change(caller, idOrName, ifMatch, wanted));
    }

    @DeleteMapping("/{idOrName}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Remove a resource")
    void delete(
            Caller caller,
            @PathVariable String idOrName,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        deleteResource.delete(caller, idOrName, ifMatch);
    }

    private ResponseEntity<ResourceView> answer(Resource resource) {
        return ResponseEntity.ok().eTag(resource.revision().entityTag()).body(readResources.view(resource));
    }
}
