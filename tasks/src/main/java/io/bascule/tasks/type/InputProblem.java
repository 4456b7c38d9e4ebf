package io.bascule.tasks.type;

/**
 * Where an input breaks its type's schema.
 *
 * @param pointer JSON pointer (RFC 6901) into the input
 * @param detail what to change
 */
public record InputProblem(String pointer, String detail) {}
