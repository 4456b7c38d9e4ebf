package io.bascule.api.secrets;

import io.bascule.api.caller.RequestOrigin;
import io.bascule.api.secrets.OpenSecrets.Attempt;
import io.bascule.service.identity.ServiceCaller;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Secrets for workers, task by task: a worker has no key and can open nothing by itself. */
@RestController
@RequestMapping("/internal/tasks/{task}/secrets")
class InternalSecretController {

    private final OpenSecrets openSecrets;

    InternalSecretController(OpenSecrets openSecrets) {
        this.openSecrets = openSecrets;
    }

    /**
     * What an attempt needs.
     *
     * @param attempt its number, the fence: one that lost its task gets nothing
     */
    record Wanted(
            @Min(1) int attempt,
            @NotNull @Size(min = 1, max = 50) Set<@NotNull String> names) {}

    /** The values by name. */
    record Opened(Map<String, String> values) {

        /** Never shows the values. */
        @Override
        public String toString() {
            return "Opened" + values.keySet();
        }
    }

    @PostMapping
    ResponseEntity<Opened> open(
            ServiceCaller caller, RequestOrigin origin, @PathVariable UUID task, @Valid @RequestBody Wanted wanted) {
        caller.require("instant-worker", "queued-worker");
        var attempt = new Attempt(task, wanted.attempt(), caller.service());
        Map<String, String> values = openSecrets.open(attempt, wanted.names(), origin);
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(new Opened(values));
    }
}
