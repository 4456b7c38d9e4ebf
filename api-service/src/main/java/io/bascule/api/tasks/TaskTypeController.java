package io.bascule.api.tasks;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.bascule.tasks.Lane;
import io.bascule.tasks.type.TaskCatalogue;
import io.bascule.tasks.type.TaskType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What kinds of tasks there are. */
@RestController
@RequestMapping(path = "/api/{version}/task-types", version = "1")
class TaskTypeController {

    private final List<TypeView> types;

    TaskTypeController(TaskCatalogue catalogue) {
        this.types = catalogue.types().stream().map(TypeView::of).toList();
    }

    /** A kind of task, with the JSON Schema of its input. */
    record TypeView(
            String type,
            String description,
            @JsonRawValue String inputSchema,

            @ArraySchema(schema = @Schema(allowableValues = {"instant", "queued"}))
            List<String> lanes) {

        static TypeView of(TaskType type) {
            List<String> lanes = type.lanes().stream().sorted().map(Lane::word).toList();
            return new TypeView(
                    type.name(), type.description(), type.inputSchema().strip(), lanes);
        }
    }

    /** All of them. */
    record TypeList(List<TypeView> items) {}

    @GetMapping
    @Operation(summary = "List the types of tasks and what input they take")
    TypeList list(Caller caller) {
        caller.require(Role.VIEWER);
        return new TypeList(types);
    }
}
