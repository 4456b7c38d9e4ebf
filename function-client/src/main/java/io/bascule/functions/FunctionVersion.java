package io.bascule.functions;

/** A version of a function, as it is run. */
record FunctionVersion(String name, int version, String source, int timeoutSeconds, int memoryMib) {}
