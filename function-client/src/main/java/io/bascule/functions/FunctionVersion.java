package io.bascule.functions;

import java.util.List;

/**
 * A version of a function, as it is run.
 *
 * @param secrets the names of those that it may read
 * @param resources the names of those that it may reach
 */
record FunctionVersion(
        String name,
        int version,
        Code code,
        int timeoutSeconds,
        int memoryMib,
        List<String> egress,
        List<String> secrets,
        List<String> resources) {

    /** In the words of the API: {@code javascript} or {@code python}. */
    record Code(String runtime, String source) {}
}
