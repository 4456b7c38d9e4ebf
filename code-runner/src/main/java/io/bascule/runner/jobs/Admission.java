package io.bascule.runner.jobs;

import io.bascule.runner.sandbox.Language;

/** Whether a job may run here now. */
public sealed interface Admission {

    /** It has a space. */
    record Admitted(AdmittedJob job) implements Admission {}

    /** All spaces are taken. */
    record Full() implements Admission {}

    /** The runner is leaving. */
    record Draining() implements Admission {}

    /** Functions in that language cannot run here. */
    record NoRuntime(Language language) implements Admission {}

    /** A job of that id is running. */
    record AlreadyRunning() implements Admission {}
}
