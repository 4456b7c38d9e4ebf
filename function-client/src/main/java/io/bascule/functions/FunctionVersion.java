package io.bascule.functions;

import com.google.protobuf.ByteString;
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
    record Code(String runtime, Program program) {}

    /** What is run. */
    sealed interface Program {}

    /** One text. */
    record Source(String text) implements Program {}

    /** Several files: a zip archive, and the path of the one with the handler. */
    record Bundle(ByteString archive, String main) implements Program {}
}
