package io.bascule.api.tasks;

import io.bascule.api.caller.Caller;
import io.bascule.storage.ObjectStorage.StoredObject;
import io.swagger.v3.oas.annotations.Operation;
import java.util.UUID;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What tasks returned. */
@RestController
class TaskResultController {

    private final ReadTaskResult readTaskResult;

    TaskResultController(ReadTaskResult readTaskResult) {
        this.readTaskResult = readTaskResult;
    }

    /** Whatever its size; as a download, so that no browser takes it for a page. */
    @GetMapping(path = "/api/{version}/tasks/{id}/result", version = "1", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Read the result of a task, of whatever size")
    ResponseEntity<Resource> result(Caller caller, @PathVariable UUID id) {
        StoredObject result = readTaskResult.open(caller, id);
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .contentLength(result.bytes())
                .header("Content-Disposition", "attachment; filename=\"%s.json\"".formatted(id))
                .body(new InputStreamResource(result.content()));
    }
}
