package io.bascule.api.schedules;

import io.bascule.service.problem.ProblemCode;
import org.springframework.http.HttpStatus;

/** Refusals about schedules. */
enum ScheduleProblem implements ProblemCode {
    SCHEDULE_NOT_FOUND("schedule-not-found", HttpStatus.NOT_FOUND, "There is no such schedule"),
    SCHEDULE_NAME_TAKEN("schedule-name-taken", HttpStatus.CONFLICT, "Another schedule has this name"),
    SCHEDULE_UNREADABLE("schedule-unreadable", HttpStatus.CONFLICT, "The times of this schedule cannot be read");

    private final String code;
    private final HttpStatus status;
    private final String title;

    ScheduleProblem(String code, HttpStatus status, String title) {
        this.code = code;
        this.status = status;
        this.title = title;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public HttpStatus status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }
}
