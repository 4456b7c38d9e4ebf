package io.bascule.runner.jobs;

import io.bascule.runner.sandbox.Language;

/**
 * One version of a function.
 *
 * @param function the name it is known by
 * @param source the function's own text
 */
public record Code(Language language, String function, int version, String source) {}
