package io.bascule.service.problem;

/**
 * One field that breaks a rule.
 *
 * @param pointer JSON pointer (RFC 6901) into the request body
 * @param detail what to change
 */
public record FieldProblem(String pointer, String detail) {}
