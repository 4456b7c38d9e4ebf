package io.bascule.api.schedules;

import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.bascule.api.pages.Page;
import io.bascule.api.pages.PageRequest;
import io.bascule.tasks.schedule.Schedule;
import io.bascule.tasks.store.JdbcSchedules;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.UUID;
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

/** Schedules of the caller's workspace. */
@RestController
@RequestMapping(path = "/api/{version}/schedules", version = "1")
class ScheduleController {

    private final PutSchedule putSchedule;
    private final PauseSchedule pauseSchedule;
    private final RunSchedule runSchedule;
    private final DeleteSchedule deleteSchedule;
    private final FindSchedule findSchedule;
    private final JdbcSchedules schedules;

    ScheduleController(
            PutSchedule putSchedule,
            PauseSchedule pauseSchedule,
            RunSchedule runSchedule,
            DeleteSchedule deleteSchedule,
            FindSchedule findSchedule,
            JdbcSchedules schedules) {
        this.putSchedule = putSchedule;
        this.pauseSchedule = pauseSchedule;
        this.runSchedule = runSchedule;
        this.deleteSchedule = deleteSchedule;
        this.findSchedule = findSchedule;
        this.schedules = schedules;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Submit a task again and again: by a cron expression or at an interval")
    ResponseEntity<ScheduleView> create(Caller caller, @Valid @RequestBody WantedSchedule wanted) {
        Schedule schedule = putSchedule.create(caller, wanted);
        return ResponseEntity.created(URI.create("/api/v1/schedules/" + schedule.id()))
                .eTag(FindSchedule.revision(schedule).entityTag())
                .body(ScheduleView.of(schedule));
    }

    @GetMapping
    @Operation(summary = "List the schedules")
    ResponseEntity<Page<ScheduleView>> list(
            Caller caller,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        caller.require(Role.VIEWER);
        PageRequest request = PageRequest.of(limit, cursor);
        var found = schedules.list(caller.workspace(), request.position().orElse(""), request.fetch());
        return Page.cut(found, request, Schedule::name).map(ScheduleView::of).toResponse();
    }

    @GetMapping("/{idOrName}")
    @Operation(summary = "Show a schedule")
    ResponseEntity<ScheduleView> get(Caller caller, @PathVariable String idOrName) {
        caller.require(Role.VIEWER);
        return answer(findSchedule.require(caller, idOrName));
    }

    @PutMapping("/{idOrName}")
    @Operation(summary = "Change a schedule")
    ResponseEntity<ScheduleView> change(
            Caller caller,
            @PathVariable String idOrName,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody WantedSchedule wanted) {
        return answer(putSchedule.change(caller, idOrName, ifMatch, wanted));
    }

    @DeleteMapping("/{idOrName}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Remove a schedule; the tasks it submitted stay")
    void delete(
            Caller caller,
            @PathVariable String idOrName,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        deleteSchedule.delete(caller, idOrName, ifMatch);
    }

    @PostMapping("/{idOrName}:pause")
    @Operation(summary = "Let a schedule rest")
    ResponseEntity<ScheduleView> pause(Caller caller, @PathVariable String idOrName) {
        return answer(pauseSchedule.pause(caller, idOrName));
    }

    @PostMapping("/{idOrName}:resume")
    @Operation(summary = "Let a paused schedule go on with its next time")
    ResponseEntity<ScheduleView> resume(Caller caller, @PathVariable String idOrName) {
        return answer(pauseSchedule.resume(caller, idOrName));
    }

    /** The task that was submitted; {@code Location} is its address. */
    record Submitted(UUID task) {}

    @PostMapping("/{idOrName}:run")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Submit a schedule's task now, beside its times")
    ResponseEntity<Submitted> run(Caller caller, @PathVariable String idOrName) {
        UUID task = runSchedule.run(caller, idOrName);
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/tasks/" + task))
                .body(new Submitted(task));
    }

    private static ResponseEntity<ScheduleView> answer(Schedule schedule) {
        return ResponseEntity.ok()
                .eTag(FindSchedule.revision(schedule).entityTag())
                .body(ScheduleView.of(schedule));
    }
}
